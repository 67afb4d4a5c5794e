package io.sessionbridge.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of the demo's receivers, in a process of its own, on a free port. */
final class DemoReceiver implements AutoCloseable {

  private final Process process;
  private final String port;

  /**
   * Starts it and waits until it listens.
   *
   * @param program the name of its class
   */
  DemoReceiver(Path log, String program, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                ProgramCopy.BUNDLE + "/lib/demo/*",
                "io.sessionbridge.demo." + program));
    command.addAll(List.of(arguments));
    process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    BufferedReader output = process.inputReader(UTF_8);
    String first = output.readLine();
    assertThat(first).as(program).startsWith("ready ");
    port = first.split(" ", -1)[1];
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
