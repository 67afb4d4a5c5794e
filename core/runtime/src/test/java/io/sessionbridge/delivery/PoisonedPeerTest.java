package io.sessionbridge.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.journal.JournalRecord;
import io.sessionbridge.journal.Start;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.supervision.BusySince;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that break a peer, and all others, with peers of many kinds. */
class PoisonedPeerTest {

  private static final int EVENTS = 40;

  private final TestingClock clock = new TestingClock();
  private final List<String> all = new ArrayList<>();
  private ModelStorage disk;
  private Journal journal;
  private DeadLetters deadLetters;
  private BatchDeliverer deliverer;
  private int attempts;

  @BeforeEach
  void open() throws Exception {
    disk = new ModelStorage();
    journal = Journal.open(JournalConfig.defaults(), Path.of("data"), disk, Clock.system());
    deadLetters =
        new DeadLetters(
            JournalConfig.deadLetters(), Path.of("data", "rejected"), disk, Clock.system());
    all.clear();
    attempts = 0;
  }

  @AfterEach
  void close() throws Exception {
    deliverer.close();
    deadLetters.close();
    journal.close();
  }

  /** A peer that closes the connection on an event that it cannot process, without an answer. */
  private static final class BreakingPeer implements Sink {
    private final RandomGenerator random;
    private final Set<String> poison = new HashSet<>();
    private final List<String> received = new ArrayList<>();

    /** Probability that a connect fails. */
    private double away;

    /** Probability that the connection breaks at an event. */
    private double flapping;

    /** Whether events received just before a break are acknowledged. */
    private boolean forgetful;

    private boolean connected;
    private int connects;

    BreakingPeer(RandomGenerator random) {
      this.random = random;
    }

    @Override
    public void connect() throws DeliveryException {
      connects++;
      connected = random.nextDouble() >= away;
      if (!connected) {
        throw new DeliveryException("away");
      }
    }

    @Override
    public DeliveryResult deliver(List<EncodedEvent> batch) {
      assertThat(connected).isTrue();
      for (int i = 0; i < batch.size(); i++) {
        String id = batch.get(i).event().id();
        if (poison.contains(id) || random.nextDouble() < flapping) {
          connected = false;
          return DeliveryResult.failed(forgetful ? 0 : i, List.of(), "lost peer: it closed");
        }
        received.add(id);
      }
      return DeliveryResult.delivered(batch.size());
    }

    @Override
    public Health check() {
      return Health.up();
    }

    @Override
    public void close() {}
  }

  private void start(Sink sink) throws Exception {
    var cursor = journal.cursors().open("lake", Start.OLDEST);
    StepReader reader =
        new StepReader(
            journal.reader(cursor.state().position()),
            Selection.ALL,
            event -> new EncodedEvent(event, event.json(), "application/json", List.of()),
            new TestingHost("host-1", "HOST1"),
            () -> 0);
    SinkSettings settings =
        new SinkSettings(Selection.ALL, Start.OLDEST, 1000, 1 << 20, Optional.empty());
    deliverer =
        new BatchDeliverer(
            "lake",
            sink,
            new InFlight(reader, TestingShare.unlimited()),
            new DeliveryLedger("lake", cursor, deadLetters, true),
            settings,
            clock,
            new BusySince(clock),
            after -> reader.over(journal.reader(after)));
  }

  private void append(int events) throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      EventData data =
          EventData.builder(Kind.LOGON)
              .put(Field.HOST_ID, "host-1")
              .put(Field.USER_NAME, "u" + i)
              .build();
      entries.add(
          new Entry(
              0, EventRecord.encode("test", Observation.recorded(Instant.EPOCH, data, null))));
    }
    journal.awaitDurable(journal.append(entries));
    for (int i = all.size() + 1; i <= journal.durableSequence(); i++) {
      all.add(journal.epoch() + "-" + i);
    }
  }

  /** Runs the loop without its waits. */
  private void run(BreakingPeer peer, int mostAttempts) throws Exception {
    boolean idle = false;
    while (!idle && attempts < mostAttempts) {
      attempts++;
      if (!peer.connected) {
        try {
          peer.connect();
        } catch (DeliveryException e) {
          continue;
        }
      }
      BatchDeliverer.Round round = deliverer.round();
      idle = round.idle();
      clock.advance(round.rest());
    }
  }

  private List<String> good(Set<String> poison) {
    return all.stream().filter(id -> !poison.contains(id)).toList();
  }

  private static List<String> firstOnes(List<String> received) {
    return List.copyOf(new LinkedHashSet<>(received));
  }

  private long rejected() {
    return journal.cursors().find("lake").orElseThrow().state().rejected();
  }

  @Test
  void isolatesPoisonAtAnyPosition() throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      open();
      append(EVENTS);
      Random random = new Random(seed);
      BreakingPeer peer = new BreakingPeer(random);
      peer.away = random.nextDouble() * 0.7;
      peer.forgetful = random.nextBoolean();
      int first = random.nextInt(EVENTS - 1);
      peer.poison.add(all.get(first));
      if (random.nextBoolean()) {
        peer.poison.add(all.get(random.nextBoolean() ? first + 1 : random.nextInt(EVENTS)));
      }
      start(peer);
      run(peer, 1000);
      assertThat(firstOnes(peer.received))
          .as("seed %s, %s, %s attempts", seed, peer.poison, attempts)
          .containsExactlyInAnyOrderElementsOf(good(peer.poison));
      if (first > 0) {
        assertThat(firstOnes(peer.received)).as("seed %s", seed).isEqualTo(good(peer.poison));
      }
      assertThat(rejected()).as("seed %s", seed).isEqualTo(peer.poison.size());
      assertThat(attempts - peer.connects).as("seed %s", seed).isLessThan(80);
      close();
    }
    open();
    start(new BreakingPeer(new Random(1)));
  }

  @Test
  void rejectsNothingWhileThePeerFlaps() throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      open();
      append(EVENTS);
      Random random = new Random(seed);
      BreakingPeer peer = new BreakingPeer(random);
      peer.away = random.nextDouble();
      peer.flapping = random.nextDouble() * 0.6;
      peer.forgetful = random.nextBoolean();
      start(peer);
      run(peer, 3000);
      assertThat(rejected()).as("seed %s", seed).isZero();
      assertThat(firstOnes(peer.received))
          .as("seed %s", seed)
          .isEqualTo(all.subList(0, firstOnes(peer.received).size()));
      peer.away = 0;
      peer.flapping = 0;
      attempts = 0;
      run(peer, 100);
      assertThat(firstOnes(peer.received)).as("seed %s", seed).isEqualTo(all);
      close();
    }
    open();
    start(new BreakingPeer(new Random(1)));
  }

  @Test
  void findsPoisonAlthoughThePeerFlaps() throws Exception {
    for (int seed = 0; seed < 50; seed++) {
      open();
      append(EVENTS);
      Random random = new Random(seed);
      BreakingPeer peer = new BreakingPeer(random);
      peer.flapping = 0.1;
      peer.poison.add(all.get(1 + random.nextInt(EVENTS - 1)));
      start(peer);
      run(peer, 3000);
      assertThat(firstOnes(peer.received)).as("seed %s", seed).isEqualTo(good(peer.poison));
      assertThat(rejected()).as("seed %s", seed).isEqualTo(1);
      close();
    }
    open();
    start(new BreakingPeer(new Random(1)));
  }

  @Test
  void findsItsControlInTheJournalAfterARestart() throws Exception {
    append(10);
    BreakingPeer peer = new BreakingPeer(new Random(1));
    start(peer);
    run(peer, 10);
    append(5);
    peer.poison.add(all.get(10));
    deliverer.close();
    attempts = 0;
    start(peer);
    run(peer, 100);
    assertThat(firstOnes(peer.received)).isEqualTo(good(peer.poison));
    assertThat(rejected()).isEqualTo(1);
  }

  @Test
  void keepsTheOnlyEvent() throws Exception {
    append(1);
    BreakingPeer peer = new BreakingPeer(new Random(1));
    peer.poison.add(all.get(0));
    start(peer);
    run(peer, 100);
    assertThat(rejected()).isZero();
    append(1);
    attempts = 0;
    run(peer, 100);
    assertThat(rejected()).isEqualTo(1);
    assertThat(firstOnes(peer.received)).isEqualTo(all.subList(1, 2));
  }

  @Test
  void reportsTheEventAndTheReason() throws Exception {
    append(3);
    BreakingPeer peer = new BreakingPeer(new Random(1));
    peer.poison.add(all.get(1));
    start(peer);
    run(peer, 100);
    deadLetters.close();
    try (Journal letters =
        Journal.open(
            JournalConfig.deadLetters(), Path.of("data", "rejected"), disk, Clock.system())) {
      try (JournalReader reader = letters.reader(0)) {
        assertThat(reader.read(10, 1 << 20))
            .singleElement()
            .extracting(record -> new String(((JournalRecord.Data) record).payload(), UTF_8))
            .asString()
            .contains(all.get(1))
            .containsPattern(
                "event of \\d+ bytes: in 8 tests the peer accepted its neighbour and then failed on"
                    + " it: lost peer: it closed");
      }
    }
  }
}
