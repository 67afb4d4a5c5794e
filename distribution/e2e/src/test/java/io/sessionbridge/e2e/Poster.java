package io.sessionbridge.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * A second process of Windows that does as it is told: {@link WindowPoster} and its like. Answers
 * each line with a line.
 */
final class Poster implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;

  Poster(Process process) throws IOException {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    String ready = answers.readLine();
    if (!"ready".equals(ready)) {
      throw new AssertionError("the poster said " + ready);
    }
  }

  String ask(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    return String.valueOf(answers.readLine());
  }

  /** The session that it, and what is started like it, runs in. */
  long ownSession() throws IOException {
    return Long.parseLong(ask("own"));
  }

  void post(int code, long session) throws IOException {
    posted(ask("post " + code + " " + session), 1);
  }

  void power(int type, long address) throws IOException {
    posted(ask("power " + type + " " + address), 1);
  }

  void burst(int count) throws IOException {
    posted(ask("burst " + count), count);
  }

  void storm(int count) throws IOException {
    posted(ask("storm " + count), count);
  }

  void closeWindow() throws IOException {
    posted(ask("close"), 1);
  }

  /** All that a window of its program could take for a request to end. */
  void askToGo() throws IOException {
    closeWindow();
    posted(ask("destroy"), 1);
    posted(ask("quit"), 1);
  }

  private static void posted(String answer, int count) {
    String wanted = "posted " + count + " of " + count;
    if (!answer.equals(wanted)) {
      throw new AssertionError("wanted " + wanted + ", was " + answer);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
