package io.sessionbridge.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A {@link DemoBroker} as the demo has it: in a JVM of its own. */
final class BrokerProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private BrokerProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static BrokerProcess start(Path folder, int port, String topic, int partitions)
      throws IOException {
    return new BrokerProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DemoBroker.class.getName(),
                folder.toString(),
                Integer.toString(port),
                topic,
                Integer.toString(partitions))
            .redirectError(folder.resolveSibling("broker.err").toFile())
            .start());
  }

  /** The next line of its standard output; null at the end. */
  String line() throws IOException {
    return output.readLine();
  }

  /** As kill -9 does it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void closeInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Its exit code, if it ends in time. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the broker still runs");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
