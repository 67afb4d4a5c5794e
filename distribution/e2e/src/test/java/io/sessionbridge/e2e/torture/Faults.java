package io.sessionbridge.e2e.torture;

import io.sessionbridge.testkit.TcpFaultProxy.Direction;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** What happens to the agent, its receivers, its network, its disk and its files, by a seed. */
final class Faults {

  /** A fault, and how often it is chosen in relation to the others. */
  private record Choice(String name, int weight, Fault fault) {}

  private interface Fault {
    /** Does it, lets it last, and takes it back; returns what to write down. */
    String happen() throws Exception;
  }

  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(-30),
          Duration.ofDays(1),
          Duration.ofDays(-400),
          Duration.ofDays(700));
  private static final List<String> EXTRAS = List.of("extra-a", "extra-b");
  private static final Duration NOTICED = Duration.ofSeconds(20);

  private final Random random;
  private final Agent agent;
  private final List<Peer> peers;
  private final Input input;
  private final WallClock clock;
  private final AgentDisk disk;
  private final Set<String> reread = new TreeSet<>(Set.of(Agent.RENAMED));
  private final Set<String> extras = new TreeSet<>();
  private final List<String> lies = new ArrayList<>();
  private final List<Choice> choices;
  private int destroyed;

  Faults(
      Random random, Agent agent, List<Peer> peers, Input input, WallClock clock, AgentDisk disk) {
    this.random = random;
    this.agent = agent;
    this.peers = peers;
    this.input = input;
    this.clock = clock;
    this.disk = disk;
    this.choices =
        List.of(
            new Choice("kill the agent", 4, this::killAgent),
            new Choice("stop the agent", 2, this::stopAgent),
            new Choice("suspend the agent", 1, this::suspendAgent),
            new Choice("end a receiver", 4, this::endPeer),
            new Choice("suspend a receiver", 3, this::suspendPeer),
            new Choice("cut the network", 3, this::cut),
            new Choice("refuse connections", 2, this::refuse),
            new Choice("stall the network", 3, this::stall),
            new Choice("lose packets", 2, this::blackHole),
            new Choice("fill the disk", 2, this::fillDisk),
            new Choice("stall the disk", 3, this::stallDisk),
            new Choice("let the disk fail", 2, this::failDisk),
            new Choice("damage a cursor", 2, this::damageCursor),
            new Choice("damage a record", 2, this::damageRecord),
            new Choice("set the clock", 2, this::setClock),
            new Choice("change the sinks", 2, this::changeSinks),
            new Choice("rename a sink", 2, this::renameSink),
            new Choice("rotate the input", 3, this::rotate),
            new Choice("rotate the input while the agent is down", 1, this::rotateMeanwhile));
  }

  /** Chooses the next fault and lives through it. */
  String next() throws Exception {
    int ticket = random.nextInt(choices.stream().mapToInt(Choice::weight).sum());
    for (Choice choice : choices) {
      ticket -= choice.weight();
      if (ticket < 0) {
        return choice.name() + ": " + choice.fault().happen();
      }
    }
    throw new IllegalStateException("the weights do not add up");
  }

  /** Records that were damaged so far. */
  int destroyed() {
    return destroyed;
  }

  /** Receivers whose sink had a cursor that was damaged, or has another one by now. */
  Set<String> reread() {
    return reread;
  }

  /** File sinks that were configured at some time. */
  Set<String> extras() {
    return extras;
  }

  /** What the agent's health said and was not true. */
  List<String> lies() {
    return lies;
  }

  private Duration aWhile(int most) {
    return Duration.ofMillis(200L + random.nextInt(most));
  }

  private Peer anyPeer() {
    return peers.get(random.nextInt(peers.size()));
  }

  private Peer proxiedPeer() {
    List<Peer> behind = peers.stream().filter(Peer::isBehindProxy).toList();
    return behind.get(random.nextInt(behind.size()));
  }

  private String killAgent() throws Exception {
    agent.kill();
    Pause.of(aWhile(1500));
    agent.start();
    return "back";
  }

  private String stopAgent() throws Exception {
    agent.stop();
    Pause.of(aWhile(1500));
    agent.start();
    return "back";
  }

  private String suspendAgent() throws Exception {
    agent.signal("STOP");
    Pause.of(aWhile(5000));
    agent.signal("CONT");
    return "resumed";
  }

  private String endPeer() throws Exception {
    Peer peer = anyPeer();
    peer.end();
    away(peer);
    peer.start();
    return peer.id();
  }

  private String suspendPeer() throws Exception {
    Peer peer = anyPeer();
    peer.signal("STOP");
    Pause.of(aWhile(6000));
    peer.signal("CONT");
    return peer.id();
  }

  private String cut() throws Exception {
    Peer peer = proxiedPeer();
    peer.network().cut();
    return peer.id();
  }

  private String refuse() throws Exception {
    Peer peer = proxiedPeer();
    peer.network().refuse();
    away(peer);
    peer.network().heal();
    return peer.id();
  }

  /** Sometimes so long that its health must have noticed. */
  private void away(Peer peer) throws Exception {
    if (random.nextInt(4) > 0) {
      Pause.of(aWhile(6000));
      return;
    }
    Pause.of(NOTICED);
    if (agent.isUp(peer.id()).orElse(false)) {
      lies.add("sink " + peer.id() + " is called up after 20 s without its receiver");
    }
  }

  private String stall() throws Exception {
    Peer peer = proxiedPeer();
    peer.network().stall(direction());
    Pause.of(aWhile(6000));
    peer.network().heal();
    return peer.id();
  }

  private String blackHole() throws Exception {
    Peer peer = proxiedPeer();
    peer.network().blackHole(direction());
    Pause.of(aWhile(6000));
    peer.network().heal();
    return peer.id();
  }

  private Direction direction() {
    return random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT;
  }

  private String fillDisk() throws Exception {
    Path ballast = agent.data().resolveSibling("ballast");
    long written = 0;
    byte[] block = new byte[1 << 16];
    try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
      while (true) {
        file.write(block);
        written += block.length;
      }
    } catch (IOException full) {
      // that is the purpose
    }
    Pause.of(aWhile(5000));
    Files.delete(ballast);
    return written + " bytes of ballast";
  }

  /** Sometimes the agent dies of it, as far as its users can see. */
  private String stallDisk() throws Exception {
    agent.awaitJournal();
    disk.stall();
    try {
      troubleAtDisk("does not answer");
      if (random.nextInt(3) > 0) {
        return "answers again";
      }
      agent.kill();
    } finally {
      disk.heal();
    }
    agent.start();
    return "the agent was killed meanwhile";
  }

  private String failDisk() throws Exception {
    agent.awaitJournal();
    disk.fail();
    try {
      troubleAtDisk("fails");
    } finally {
      disk.heal();
    }
    return "works again";
  }

  /** Sometimes so long that its health must have noticed. */
  private void troubleAtDisk(String what) throws Exception {
    if (random.nextInt(4) > 0) {
      Pause.of(aWhile(6000));
      return;
    }
    Pause.of(NOTICED);
    if (agent.isJournalUp().orElse(true)) {
      lies.add("20 s after the disk " + what + ", /health does not say that the journal is down");
    }
  }

  private String damageCursor() throws Exception {
    List<Path> cursors = new ArrayList<>();
    agent.stop();
    try (var files = Files.list(agent.data().resolve("cursors"))) {
      files
          .filter(file -> file.toString().endsWith(".cursor"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .forEach(cursors::add);
    }
    Path cursor = cursors.get(random.nextInt(cursors.size()));
    String sink = cursor.getFileName().toString().replace(".cursor", "");
    switch (random.nextInt(3)) {
      case 0 -> flip(cursor, Files.size(cursor));
      case 1 -> Files.write(cursor, new byte[0]);
      default -> Files.write(cursor, new byte[(int) Files.size(cursor)]);
    }
    reread.add(sink);
    agent.start();
    return sink;
  }

  /** Flips a bit in each 64 bytes that hold something. */
  private static void flip(Path file, long size) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 20; at < size; at += 64) {
      bytes[at] ^= 1;
    }
    Files.write(file, bytes);
  }

  /** A receiver is away meanwhile, so that there is a backlog to damage. */
  private String damageRecord() throws Exception {
    Peer peer = anyPeer();
    peer.end();
    Pause.of(aWhile(3000));
    agent.stop();
    agent.start();
    agent.stop();
    List<Path> segments = new ArrayList<>();
    try (var files = Files.list(agent.data().resolve("journal"))) {
      files.filter(file -> file.toString().endsWith(".segment")).sorted().forEach(segments::add);
    }
    String where = "nothing to damage";
    if (segments.size() > 1) {
      Path segment = segments.get(random.nextInt(segments.size() - 1));
      where = damageOne(segment);
    }
    agent.start();
    peer.start();
    return where;
  }

  /** The last segment is left alone: what no later record proves may be an unfinished write. */
  private String damageOne(Path segment) throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    byte[] text = "\"kind\":\"logon\"".getBytes(StandardCharsets.US_ASCII);
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at + text.length < bytes.length; at++) {
      if (bytes[at] == text[0] && matches(bytes, at, text)) {
        places.add(at);
      }
    }
    if (places.size() < 3) {
      return segment.getFileName() + " has too few records";
    }
    int place = places.get(1 + random.nextInt(places.size() - 2));
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.seek(place + 9);
      file.write('x');
    }
    destroyed++;
    return segment.getFileName() + " at " + place;
  }

  private static boolean matches(byte[] bytes, int at, byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (bytes[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private String setClock() throws Exception {
    Duration step = STEPS.get(random.nextInt(STEPS.size()));
    clock.set(step);
    Pause.of(aWhile(3000));
    clock.set(Duration.ZERO); // Kafka refuses a time that is an hour ahead, for as long as it is
    return "ahead by " + step;
  }

  private String changeSinks() throws Exception {
    String extra = EXTRAS.get(random.nextInt(EXTRAS.size()));
    agent.stop();
    agent.toggle(extra);
    extras.add(extra);
    agent.start();
    return agent.extras().toString();
  }

  private String renameSink() throws Exception {
    agent.stop();
    String former = agent.rename();
    boolean forgotten = random.nextBoolean();
    if (forgotten) {
      agent.forget(former);
    }
    agent.start();
    return former + (forgotten ? " is forgotten and" : "") + " is now " + agent.renamed();
  }

  private String rotate() throws Exception {
    input.rotate();
    if (random.nextBoolean()) {
      Pause.of(aWhile(300));
      input.rotate();
    }
    return "done";
  }

  private String rotateMeanwhile() throws Exception {
    agent.kill();
    Pause.of(aWhile(500));
    input.rotate();
    Pause.of(aWhile(500));
    agent.start();
    return "done";
  }
}
