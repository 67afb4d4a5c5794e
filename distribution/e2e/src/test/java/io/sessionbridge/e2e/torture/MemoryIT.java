package io.sessionbridge.e2e.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.Bundle;
import io.sessionbridge.e2e.Bundle.Outcome;
import io.sessionbridge.e2e.Bundle.Running;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped flags of Java are enough for whatever the keys allow. They end the agent when it
 * finds no memory, so an agent that lives had enough.
 */
class MemoryIT {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** So many segments of 4 MiB hold several of the largest batches. */
  private static final int BACKLOG_SEGMENTS = 4;

  /** A line of replay may have 256 KiB. */
  private static final String LARGEST = "x".repeat((256 << 10) - 200);

  private static final List<String> MAXIMA =
      List.of("start: oldest", "batch_events: 50000", "batch_bytes: 16MiB");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Bundle bundle;
  private int lines;

  @BeforeEach
  void makeBundle() throws IOException {
    bundle = new Bundle(folder, Map.of());
    assertThat(Bundle.HOME.resolve("bin/sessionbridge"))
        .content()
        .contains("-Xmx96m", "-XX:+ExitOnOutOfMemoryError");
  }

  private void append(int count, String more) throws IOException {
    try (BufferedWriter out =
        Files.newBufferedWriter(
            folder.resolve("in.jsonl"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int i = 0; i < count; i++) {
        out.write(
            "{\"time\":\"2026-11-20T08:00:00Z\",\"kind\":\"lock\",\"user_name\":\"u" + ++lines);
        out.write("\"" + more + "}\n");
      }
    }
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("time to wait until " + what).isLessThan(end);
      Pause.of(Duration.ofMillis(300));
    }
  }

  private long segments() throws IOException {
    Path journal = folder.resolve("data/journal");
    if (!Files.isDirectory(journal)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(journal)) {
      return files.filter(file -> file.toString().endsWith(".segment")).count();
    }
  }

  /** The numbers of the lines that arrived, in the order in which they came first. */
  private static List<Integer> numbers(List<Received> received) {
    return List.copyOf(
        new LinkedHashSet<>(
            received.stream().map(Received::line).filter(line -> line > 0).toList()));
  }

  private List<Integer> all() {
    return IntStream.rangeClosed(1, lines).boxed().toList();
  }

  @Test
  void fifteenSinksWithTheDefaultsCatchUpAtOnce() throws Exception {
    append(40_000, ",\"user_domain\":\"CONTOSO\",\"client_name\":\"" + "c".repeat(200) + "\"");
    bundle.write(
        "away.yaml",
        "data_dir: data",
        "sources: {in: {type: replay, path: in.jsonl}}",
        "sinks: {away: {type: syslog, transport: relp, server: '127.0.0.1:1', start: oldest}}");
    try (Running agent = bundle.start("run", "--config", "away.yaml")) {
      await("a backlog stands", () -> segments() > BACKLOG_SEGMENTS);
      agent.kill();
    }
    List<String> config =
        new ArrayList<>(
            List.of("data_dir: data", "sources: {in: {type: replay, path: in.jsonl}}", "sinks:"));
    for (int i = 1; i <= 15; i++) {
      config.add("  s%d: {type: file, path: s%d.jsonl, start: oldest}".formatted(i, i));
    }
    bundle.write("c.yaml", config.toArray(String[]::new));
    try (Running agent = bundle.start("run", "--config", "c.yaml", "--exit-when-drained")) {
      await("it ended", () -> !agent.isAlive());
      Outcome outcome = agent.await();
      assertThat(outcome.exit()).as(outcome.err()).isZero();
      assertThat(outcome.err().lines().filter(line -> line.contains("batches will be smaller")))
          .hasSize(1);
    }
    Path first = folder.resolve("s1.jsonl");
    assertThat(EventFile.read(first).stream().map(Received::line).filter(line -> line > 0))
        .isEqualTo(all());
    for (int i = 2; i <= 15; i++) {
      assertThat(folder.resolve("s" + i + ".jsonl")).hasSameBinaryContentAs(first);
    }
  }

  @Test
  void everyDocumentedMaximumWorksThroughAnOutage() throws Exception {
    List<Peer> peers =
        List.of(new KafkaPeer(folder), new MosquittoPeer(folder), new RsyslogPeer(folder));
    try (LineReceiver tcp = new LineReceiver()) {
      for (Peer peer : peers) {
        peer.start();
      }
      write(peers, tcp);
      append(10, "");
      try (Running agent = bundle.start("run", "--config", "c.yaml")) {
        awaitAll(agent, peers);
        for (Peer peer : peers) {
          peer.end();
        }
        for (int i = 0; i < 2; i++) {
          append(12_000, "");
          append(40, ",\"reason\":\"" + LARGEST + "\"");
        }
        await("the file has all", () -> isAlive(agent) && fileNumbers().size() == lines);
        for (Peer peer : peers) {
          peer.start();
        }
        awaitAll(agent, peers);
        await("TCP has all", () -> isAlive(agent) && numbers(tcp.received()).equals(all()));
        assertThat(agent.stop().err()).contains("sessionbridge stopped");
      }
      for (Peer peer : peers) {
        assertThat(numbers(peer.received())).as(peer.id()).isEqualTo(all());
      }
      assertThat(fileNumbers()).isEqualTo(all());
    } finally {
      for (Peer peer : peers) {
        peer.shutDown();
      }
    }
  }

  private void write(List<Peer> peers, LineReceiver tcp) throws IOException {
    List<String> config =
        new ArrayList<>(
            List.of(
                "data_dir: data",
                "sources: {in: {type: replay, path: in.jsonl, follow: true}}",
                "sinks:",
                "  file: {type: file, path: out.jsonl, batch_events: 50000, batch_bytes: 16MiB}",
                "  tcp:",
                "    type: syslog",
                "    transport: tcp",
                "    framing: lf",
                "    server: '" + tcp.address() + "'",
                "    message: json",
                "    max_message_bytes: 1MiB",
                "    replay_bytes: 16MiB",
                "    start: oldest",
                "    batch_events: 50000",
                "    batch_bytes: 16MiB"));
    for (Peer peer : peers) {
      config.add("  " + peer.id() + ":");
      List<String> own = new ArrayList<>(peer.sinkKeys());
      own.addAll(MAXIMA);
      switch (peer.id()) {
        case "mqtt" -> own.addAll(List.of("max_in_flight: 10000", "max_packet_bytes: 256MiB"));
        case "relp" -> own.add("max_message_bytes: 1MiB");
        default -> own.add("properties: {buffer.memory: 67108864}");
      }
      own.forEach(key -> config.add("    " + key));
    }
    bundle.write("c.yaml", config.toArray(String[]::new));
  }

  private static boolean isAlive(Running agent) {
    assertThat(agent.isAlive()).as(() -> "the agent lives: " + agent.err()).isTrue();
    return true;
  }

  private void awaitAll(Running agent, List<Peer> peers) throws Exception {
    for (Peer peer : peers) {
      await(
          peer.id() + " has all", () -> isAlive(agent) && numbers(peer.received()).size() == lines);
    }
  }

  /** As they stand there, so that a line that stands there twice is seen. */
  private List<Integer> fileNumbers() throws IOException {
    return EventFile.read(folder.resolve("out.jsonl")).stream()
        .map(Received::line)
        .filter(line -> line > 0)
        .toList();
  }
}
