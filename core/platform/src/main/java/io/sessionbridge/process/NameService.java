package io.sessionbridge.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Access to the name service of the system (NSS) through its tools. Any exit code other than
 * success and "not found" is a failure: no groups and unknown groups are not the same.
 */
final class NameService {

  /** The tools of this machine. */
  static final NameService OF_THIS_SYSTEM = new NameService(NameService::run);

  private static final long TIMEOUT_SECONDS = 20;

  /** Exit code of getent: the key was not found. */
  private static final int NOT_FOUND = 2;

  private final Tool tool;

  /** Runs a program to its end. */
  interface Tool {
    Answer run(List<String> command) throws IOException, InterruptedException;
  }

  /** What a program printed, and its exit code. */
  record Answer(int code, String text) {}

  NameService(Tool tool) {
    this.tool = tool;
  }

  /**
   * An entry of a database; empty if there is none.
   *
   * @param key a name or a number
   */
  Optional<String> entry(String database, String key) throws IOException, InterruptedException {
    Answer answer = tool.run(List.of("getent", database, "--", key));
    if (answer.code() == NOT_FOUND) {
      return Optional.empty();
    }
    if (answer.code() != 0) {
      throw new IOException("getent " + database + " failed with exit code " + answer.code());
    }
    return answer.text().lines().findFirst();
  }

  /** The numbers of all groups of an existing user. */
  List<String> groups(String user) throws IOException, InterruptedException {
    Answer answer = tool.run(List.of("id", "-G", "--", user));
    String numbers = answer.text().strip();
    if (answer.code() != 0 || numbers.isEmpty()) {
      throw new IOException("id -G failed with exit code " + answer.code());
    }
    return List.of(numbers.split(" +"));
  }

  private static Answer run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      process.getOutputStream().close();
      // read concurrently: a group with many members exceeds the pipe buffer
      CompletableFuture<String> text =
          CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(
            command.get(0)
                + " has not answered within "
                + TIMEOUT_SECONDS
                + " s: "
                + command.get(1));
      }
      return new Answer(process.exitValue(), text.join());
    } catch (CompletionException e) {
      throw new IOException(command.get(0) + ": " + e.getCause(), e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(InputStream in) {
    try {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
