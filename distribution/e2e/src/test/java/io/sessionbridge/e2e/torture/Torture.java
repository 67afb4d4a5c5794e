package io.sessionbridge.e2e.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One run: real receivers, the bundle between them and a growing file, and faults for as long as
 * asked. Afterwards everything is healed, the agent drains, and the checker judges.
 */
final class Torture {

  private static final Duration DRAIN = Duration.ofMinutes(10);

  private final Consumer<String> log;
  private final List<Peer> peers;
  private final Agent agent;
  private final Input input;
  private final Faults faults;

  /**
   * @param folder of the run
   * @param disk a small disk for the data folder
   * @param log takes a line for each fault
   */
  Torture(long seed, Path folder, Path disk, Consumer<String> log)
      throws IOException, InterruptedException {
    this.log = log;
    this.peers = List.of(new KafkaPeer(folder), new MosquittoPeer(folder), new RsyslogPeer(folder));
    WallClock clock = new WallClock(folder);
    AgentDisk agentDisk = new AgentDisk(folder);
    this.agent =
        new Agent(
            folder,
            disk.resolve("data"),
            peers,
            PreloadedLibrary.environment(List.of(clock.library(), agentDisk.library())));
    this.input = new Input(folder);
    this.faults = new Faults(new Random(seed), agent, peers, input, clock, agentDisk);
  }

  /** Runs, and says what was wrong; empty if nothing was. */
  List<String> run(Duration time) throws Exception {
    for (Peer peer : peers) {
      peer.start();
    }
    input.start();
    agent.start();
    awaitFirstLine();
    long start = System.nanoTime();
    List<String> wrong = new ArrayList<>();
    while (System.nanoTime() - start < time.toNanos() && wrong.isEmpty()) {
      String happened = faults.next();
      log.accept(
          Duration.ofNanos(System.nanoTime() - start).toSeconds()
              + " s: "
              + happened
              + ", "
              + input.lines()
              + " lines");
      wrong.addAll(look());
    }
    input.end();
    wrong.addAll(drain());
    wrong.addAll(faults.lies());
    Map<String, Books> books = books();
    agent.stop();
    wrong.addAll(judge(books));
    return wrong;
  }

  /** Waits until the agent reads its input: what was rotated away before is none of it. */
  private void awaitFirstLine() throws Exception {
    Path output = agent.output("file");
    long end = System.nanoTime() + DRAIN.toNanos();
    while (EventFile.read(output).stream().noneMatch(event -> event.line() > 0)) {
      if (System.nanoTime() > end) {
        throw new IOException("the agent reads nothing: " + agent.said());
      }
      Pause.of(Duration.ofMillis(100));
    }
  }

  private List<String> look() throws InterruptedException {
    if (!agent.isAlive()) {
      return List.of("the agent ended: " + agent.said());
    }
    if (agent.ask("/health").isEmpty()) {
      return List.of("the agent does not answer on /health");
    }
    return List.of();
  }

  private List<String> drain() throws Exception {
    long end = System.nanoTime() + DRAIN.toNanos();
    List<String> sinks = new ArrayList<>(List.of("file", agent.renamed()));
    peers.forEach(peer -> sinks.add(peer.id()));
    sinks.addAll(agent.extras());
    while (System.nanoTime() < end) {
      if (isDrained(sinks)) {
        return List.of();
      }
      Pause.of(Duration.ofSeconds(1));
    }
    return List.of(
        "not drained and up "
            + DRAIN.toSeconds()
            + " s after everything was healed: "
            + agent.ask("/health").orElse("no answer"));
  }

  private boolean isDrained(List<String> sinks) throws Exception {
    for (String sink : sinks) {
      if (!agent.isUp(sink).orElse(false) || agent.metric("pending_events", sink) != 0) {
        return false;
      }
    }
    Set<Integer> lines = new HashSet<>();
    EventFile.read(agent.output("file")).forEach(event -> lines.add(event.line()));
    return lines.contains(input.lines());
  }

  /** Of the sinks that had one cursor from the beginning on. */
  private Map<String, Books> books() throws Exception {
    Set<String> sinks = new TreeSet<>(Set.of("file"));
    peers.forEach(peer -> sinks.add(peer.id()));
    sinks.removeAll(faults.reread());
    Map<String, Books> books = new LinkedHashMap<>();
    for (String sink : sinks) {
      books.put(
          sink,
          new Books(
              agent.metric("delivered_events_total", sink),
              agent.metric("lost_events_total", sink)));
    }
    return books;
  }

  private List<String> judge(Map<String, Books> books) throws Exception {
    Map<String, List<Received>> received = new LinkedHashMap<>();
    received.put("file", EventFile.read(agent.output("file")));
    received.put(Agent.RENAMED, EventFile.read(agent.output(Agent.RENAMED)));
    for (Peer peer : peers) {
      received.put(peer.id(), peer.received());
    }
    for (String extra : agent.extras()) {
      received.put(extra, EventFile.read(agent.output(extra)));
    }
    received.forEach((id, events) -> log.accept(id + " got " + events.size() + " events"));
    log.accept(input.lines() + " lines, " + faults.destroyed() + " records destroyed");
    return new Checker(
            received, input.lines(), faults.destroyed(), faults.reread(), faults.extras(), books)
        .faults();
  }

  /** Ends all processes. */
  void shutDown() throws Exception {
    input.end();
    agent.close();
    for (Peer peer : peers) {
      peer.shutDown();
    }
  }
}
