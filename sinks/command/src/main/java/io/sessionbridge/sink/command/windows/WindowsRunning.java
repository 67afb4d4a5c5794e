package io.sessionbridge.sink.command.windows;

import io.sessionbridge.sink.command.config.Priority;
import io.sessionbridge.sink.command.process.Running;
import io.sessionbridge.sink.command.process.Streams;
import io.sessionbridge.windows.process.JobProcess;
import io.sessionbridge.windows.process.ProcessException;
import io.sessionbridge.windows.process.ProcessPriority;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running program on Windows. */
final class WindowsRunning implements Running {

  private static final Logger LOG = LoggerFactory.getLogger(WindowsRunning.class);

  private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);
  private static final Duration KILLING = Duration.ofSeconds(5);
  private static final Duration DAY = Duration.ofDays(1);

  /** The exit code of a killed program, as on Linux. */
  private static final int KILLED = 137;

  private final JobProcess process;
  private final Priority priority;
  private final Streams streams;

  WindowsRunning(JobProcess process, Priority priority, Streams streams) {
    this.process = process;
    this.priority = priority;
    this.streams = streams;
  }

  @Override
  public OptionalInt await(Duration atMost) throws IOException, InterruptedException {
    return process.await(atMost);
  }

  @Override
  public void onEnd(IntConsumer listener) {
    Thread waiting = new Thread(() -> awaitEnd(listener), "command-end");
    waiting.setDaemon(true);
    waiting.start();
  }

  private void awaitEnd(IntConsumer listener) {
    try {
      OptionalInt code = OptionalInt.empty();
      while (code.isEmpty()) {
        code = process.await(DAY);
      }
      listener.accept(code.getAsInt());
    } catch (ProcessException e) {
      LOG.debug("no longer waiting for the end of a command", e); // closed by its owner
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() throws IOException {
    process.stop();
  }

  @Override
  public List<String> kill() throws IOException {
    try {
      return process.end(KILLED, KILLING).stream().map(String::valueOf).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return process.pids().stream().map(String::valueOf).toList();
    }
  }

  @Override
  public void suspend() throws IOException {
    process.suspend();
  }

  @Override
  public void resume() throws IOException {
    process.resume();
  }

  @Override
  public void lower() throws IOException {
    process.prioritise(ProcessPriority.IDLE);
  }

  @Override
  public void raise() throws IOException {
    process.prioritise(priority.windows());
  }

  @Override
  public String output() throws InterruptedException {
    streams.awaitEnd(LAST_OUTPUT);
    return streams.text();
  }

  @Override
  public void close() {
    process.close(); // the pipes end with the tree
  }
}
