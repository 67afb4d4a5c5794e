package io.sessionbridge.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A child process of a run. It reads orders from its standard input, which ends with the parent,
 * and writes lines to its standard output.
 */
final class ChildProcess implements AutoCloseable {

  private final String name;
  private final Process process;
  private final Writer orders;
  private final Consumer<String> others;
  private final List<String> waiting = new ArrayList<>();
  private boolean ended;

  private ChildProcess(String name, Process process, Consumer<String> others) {
    this.name = name;
    this.process = process;
    this.others = others;
    this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  /**
   * Starts a child.
   *
   * @param log what it writes to standard error
   * @param lines receives each line, on another thread
   */
  static ChildProcess start(
      String name,
      List<String> javaOptions,
      List<String> arguments,
      Path log,
      Consumer<String> lines)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(arguments);
    Files.createDirectories(log.toAbsolutePath().getParent());
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    ChildProcess child = new ChildProcess(name, process, lines);
    Thread reader = new Thread(child::read, "lines of " + name);
    reader.setDaemon(true);
    reader.start();
    return child;
  }

  /** In the child: writes a line. */
  static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        others.accept(line);
        note(line);
      }
    } catch (IOException e) {
      note(""); // the same as an end
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  private synchronized void note(String line) {
    if (line.indexOf(' ') < 0) {
      waiting.add(line);
      notifyAll();
    }
  }

  /** Waits for a line of one word. */
  synchronized void await(String word, Duration atMost)
      throws FleetException, InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!waiting.remove(word)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (ended || left <= 0) {
        throw new FleetException(
            name + (ended ? " ended" : " took more than " + atMost) + " before it was " + word);
      }
      wait(left);
    }
  }

  void order(String word) throws IOException {
    orders.write(word + "\n");
    orders.flush();
  }

  /** CPU time since its start. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Memory in use, on Linux. */
  long residentKib() {
    try {
      Optional<String> line =
          Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
              .filter(one -> one.startsWith("VmRSS:"))
              .findFirst();
      return line.map(text -> Long.parseLong(text.replaceAll("\\D", ""))).orElse(0L);
    } catch (IOException e) {
      return 0; // another system
    }
  }

  /** Ends it at once, as a power cut does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Returns when it has ended, so that its files and ports are free. */
  @Override
  public void close() {
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
