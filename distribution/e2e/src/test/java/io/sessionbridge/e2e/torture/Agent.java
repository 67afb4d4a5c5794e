package io.sessionbridge.e2e.torture;

import io.sessionbridge.e2e.Bundle;
import io.sessionbridge.e2e.Bundle.Running;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bundle under torture: its configuration, its process, and what it says of itself. */
final class Agent implements AutoCloseable {

  /** The output of the sink whose id changes. */
  static final String RENAMED = "renamed";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path folder;
  private final Path data;
  private final List<Peer> peers;
  private final Bundle bundle;
  private final int port;
  private final Set<String> extras = new TreeSet<>();
  private int names = 1;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private Running running;

  Agent(Path folder, Path data, List<Peer> peers, Map<String, String> environment)
      throws IOException {
    this.folder = folder;
    this.data = data;
    this.peers = peers;
    this.bundle = new Bundle(folder, environment);
    this.port = Peer.freePort();
  }

  Path data() {
    return data;
  }

  Path output(String sink) {
    return folder.resolve(sink + ".out.jsonl");
  }

  /** Adds the file sink to the next start, or leaves it out if it is there. */
  boolean toggle(String sink) {
    return extras.remove(sink) || extras.add(sink);
  }

  Set<String> extras() {
    return extras;
  }

  /** The id of the file sink {@link #RENAMED} at present. */
  String renamed() {
    return RENAMED + "-" + names;
  }

  /**
   * Gives the file sink {@link #RENAMED} another id from the next start on; its path stays.
   *
   * @return the former one, of which a cursor stays behind
   */
  String rename() {
    String former = renamed();
    names++;
    return former;
  }

  /** Removes the cursor of a sink; the agent must not run. */
  void forget(String sink) throws Exception {
    Bundle.Outcome outcome =
        bundle.start("journal", "forget", "--config", "c.yaml", "--yes", sink).await();
    if (outcome.exit() != 0) {
      throw new IOException("journal forget " + sink + ": " + outcome.err());
    }
  }

  void start() throws Exception {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "data_dir: " + data,
                "heartbeat: 1d",
                "shutdown: 5s",
                "journal: {max_bytes: 48MiB, max_age: 3650d}",
                "http: {address: \"127.0.0.1:" + port + "\"}",
                "sources:",
                "  in: {type: replay, path: in.jsonl, follow: true, rotated: 'in.jsonl.*'}",
                "sinks:",
                fileSink("file", "file"),
                fileSink(renamed(), RENAMED)));
    for (Peer peer : peers) {
      lines.add("  " + peer.id() + ":");
      lines.add("    start: oldest");
      peer.sinkKeys().forEach(key -> lines.add("    " + key));
    }
    for (String extra : extras) {
      lines.add(fileSink(extra, extra));
    }
    bundle.write("c.yaml", lines.toArray(String[]::new));
    running = bundle.start("run", "--config", "c.yaml");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (ask("/health").isEmpty()) {
      if (!running.isAlive() || System.nanoTime() > end) {
        throw new IOException("the agent does not answer after its start: " + running.err());
      }
      Pause.of(Duration.ofMillis(100));
    }
  }

  /** Waits until it has opened its journal: a disk that fails before ends the start, by design. */
  void awaitJournal() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isJournalUp().orElse(false)) {
      if (!running.isAlive() || System.nanoTime() > end) {
        throw new IOException("the agent's journal is not up: " + running.err());
      }
      Pause.of(Duration.ofMillis(100));
    }
  }

  private String fileSink(String id, String output) {
    return "  " + id + ": {type: file, path: " + output(output) + ", start: oldest}";
  }

  void kill() throws InterruptedException {
    running.kill();
  }

  void stop() throws Exception {
    running.stop();
  }

  void signal(String name) throws Exception {
    Signals.send(running.pid(), name);
  }

  boolean isAlive() {
    return running.isAlive();
  }

  /** What it wrote to standard error since its last start. */
  String said() {
    return running.err();
  }

  /** The body of a page; empty if the agent did not answer in time. */
  Optional<String> ask(String page) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether its health calls the journal up; empty if it does not answer. */
  Optional<Boolean> isJournalUp() throws InterruptedException {
    return isComponentUp("\"kind\":\"journal\"");
  }

  /** Whether its health calls the sink up; empty if it does not answer or does not name it. */
  Optional<Boolean> isUp(String sink) throws InterruptedException {
    return isComponentUp("\"kind\":\"sink\",\"id\":\"" + sink + "\"");
  }

  private Optional<Boolean> isComponentUp(String name) throws InterruptedException {
    Pattern component = Pattern.compile(name + "[^}]*?\"status\":\"(\\w+)\"");
    return ask("/health")
        .map(component::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1).equals("up"));
  }

  /** A metric of a sink; -1 if it does not answer. */
  long metric(String name, String sink) throws InterruptedException {
    Pattern sample =
        Pattern.compile("(?m)^sessionbridge_sink_" + name + "\\{sink=\"" + sink + "\"\\} (\\S+)$");
    return ask("/metrics")
        .map(sample::matcher)
        .filter(Matcher::find)
        .map(found -> (long) Double.parseDouble(found.group(1)))
        .orElse(-1L);
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
    }
  }
}
