package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Another agent that follows a file into Kafka, started by a command of the user's. It learns from
 * the environment what to do: {@code COLD_INPUT} is the file, {@code COLD_BROKER} and {@code
 * COLD_TOPIC} are where to, {@code COLD_FOLDER} is where it may write. The command must become the
 * agent ({@code exec}), so that its CPU can be counted.
 */
final class Rival {

  private static final long LOOK_EVERY_NANOS = 5_000_000;
  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final double TICKS_PER_SECOND = 100;
  private static final long TICKS_AT_REST = 2;

  private final String command;
  private final Pinning pinning;

  Rival(String command, Pinning pinning) {
    this.command = command;
    this.pinning = pinning;
  }

  /** From the moment at which the lines are in the file to the last record in the topic. */
  Work carry(Path folder, Topic topic, int warmUp, int events) throws Exception {
    Path input = input(folder);
    Process process = start(folder, input, topic.broker(), topic.name());
    try (TopicEnd end = new TopicEnd(topic)) {
      append(input, folder, 0, warmUp);
      await(end, warmUp, process, folder);
      long ticks = ticks(process);
      append(input, folder, warmUp, warmUp + events);
      long began = System.nanoTime();
      await(end, (long) warmUp + events, process, folder);
      return work(events, began, ticks, process);
    } finally {
      stop(process);
    }
  }

  /**
   * The lines wait while the broker is unreachable, until the agent rests. Then the broker is
   * reachable: from the record that completes the warm-up to the last.
   */
  Work drain(Path folder, Topic topic, int warmUp, int events) throws Exception {
    Path input = input(folder);
    append(input, folder, 0, warmUp + events);
    try (Gate gate = new Gate(topic.broker());
        TopicEnd end = new TopicEnd(topic)) {
      Process process = start(folder, input, gate.address(), topic.name());
      try {
        awaitRest(process, folder);
        gate.open();
        long all = (long) warmUp + events;
        await(end, Math.max(1, warmUp), process, folder);
        long ticks = ticks(process);
        long began = System.nanoTime();
        long first = end.offset();
        if (first == all) {
          throw failed("was too fast: all records arrived at once", folder);
        }
        await(end, all, process, folder);
        return work(all - first, began, ticks, process);
      } finally {
        stop(process);
      }
    }
  }

  private static Path input(Path folder) throws IOException {
    return Files.createFile(Files.createDirectory(folder).resolve("in.jsonl"));
  }

  private Process start(Path folder, Path input, String broker, String topic) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(pinning.client(List.of("sh", "-c", command)))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("rival.log").toFile());
    builder.environment().put("COLD_INPUT", input.toString());
    builder.environment().put("COLD_BROKER", broker);
    builder.environment().put("COLD_TOPIC", topic);
    builder.environment().put("COLD_FOLDER", folder.toString());
    return builder.start();
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(15, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private static long ticks(Process process) throws IOException {
    return ProcessFigures.of(process.pid()).cpuTicks();
  }

  private static Work work(long events, long began, long ticks, Process process)
      throws IOException {
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Work(events, seconds, (ticks(process) - ticks) / TICKS_PER_SECOND);
  }

  /** Until it has used no more than a fiftieth of a core for three seconds. */
  private static void awaitRest(Process process, Path folder)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    for (int quiet = 0; quiet < 3; ) {
      long before = ticks(process);
      new CountDownLatch(1).await(1, TimeUnit.SECONDS);
      quiet = ticks(process) - before <= TICKS_AT_REST ? quiet + 1 : 0;
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        throw failed("does not come to rest", folder);
      }
    }
  }

  /** Prepared beside it, so that writing them takes no time. */
  private static void append(Path input, Path folder, int from, int to) throws IOException {
    Path lines = folder.resolve("lines");
    EventLines.write(lines, from, to);
    Files.write(input, Files.readAllBytes(lines), StandardOpenOption.APPEND);
  }

  private static void await(TopicEnd end, long count, Process process, Path folder)
      throws IOException, ExecutionException, InterruptedException {
    long began = System.nanoTime();
    while (end.offset() < count) {
      if (!process.isAlive() || System.nanoTime() - began > PATIENCE_NANOS) {
        throw failed("has not brought " + count + " events into the topic", folder);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private static IOException failed(String what, Path folder) throws IOException {
    return new IOException(
        "the rival " + what + "; it wrote: " + Files.readString(folder.resolve("rival.log")));
  }
}
