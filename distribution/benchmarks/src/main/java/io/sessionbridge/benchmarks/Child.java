package io.sessionbridge.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that answers each line with a line, and ends when its standard input does. What it
 * writes to standard error goes to a file. One thread.
 */
final class Child implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter questions;
  private final Path log;

  /** Starts it, and returns once it has said its first line, {@code ready}. */
  Child(List<String> command, Path log) throws IOException {
    this.log = log;
    this.process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.questions =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    String line = answer();
    while (!line.startsWith("ready")) {
      line = answer(); // Java itself may have something to say first
    }
  }

  /** Asks and waits for the answer. */
  String ask(String... words) throws IOException {
    send(words);
    return answer();
  }

  /** Asks without waiting; {@link #answer} is to follow. */
  void send(String... words) throws IOException {
    questions.write(String.join("\t", words));
    questions.newLine();
    questions.flush();
  }

  /** Waits for the answer to what was sent. */
  String answer() throws IOException {
    String line = answers.readLine();
    if (line == null || line.startsWith("failed")) {
      throw new IOException(
          "a process " + (line == null ? "ended" : line) + "; it wrote: " + Files.readString(log));
    }
    return line;
  }

  long pid() {
    return process.pid();
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    try {
      questions.close();
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException gone) {
      process.destroyForcibly(); // a killed process does not read its input
    }
  }
}
