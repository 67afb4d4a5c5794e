package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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

  private final String command;
  private final Pinning pinning;

  Rival(String command, Pinning pinning) {
    this.command = command;
    this.pinning = pinning;
  }

  /** From the moment at which the lines are in the file to the last record in the topic. */
  Work carry(Path folder, Topic topic, int warmUp, int events) throws Exception {
    Path input = Files.createFile(Files.createDirectory(folder).resolve("in.jsonl"));
    ProcessBuilder builder =
        new ProcessBuilder(pinning.client(List.of("sh", "-c", command)))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("rival.log").toFile());
    builder.environment().put("COLD_INPUT", input.toString());
    builder.environment().put("COLD_BROKER", topic.broker());
    builder.environment().put("COLD_TOPIC", topic.name());
    builder.environment().put("COLD_FOLDER", folder.toString());
    Process process = builder.start();
    try (TopicEnd end = new TopicEnd(topic)) {
      append(input, folder, 0, warmUp);
      await(end, warmUp, process, folder);
      long ticks = ProcessFigures.of(process.pid()).cpuTicks();
      append(input, folder, warmUp, warmUp + events);
      long began = System.nanoTime();
      await(end, (long) warmUp + events, process, folder);
      double seconds = (System.nanoTime() - began) / 1e9;
      ticks = ProcessFigures.of(process.pid()).cpuTicks() - ticks;
      return new Work(events, seconds, ticks / TICKS_PER_SECOND);
    } finally {
      process.destroy();
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
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
        throw new IOException(
            "the rival has not brought "
                + count
                + " events into the topic; it wrote: "
                + Files.readString(folder.resolve("rival.log")));
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }
}
