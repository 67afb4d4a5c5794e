package io.sessionbridge.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.storage.ModelStorage;
import io.sessionbridge.testkit.storage.SimulatedCrash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A power cut at every operation, with every outcome that the disk allows. */
final class FileSinkCrashTest {

  private static final OwnLines OWN = OwnLines.beginningWith("{\"id\":\"");
  private static final Path FOLDER = Path.of("/logs").toAbsolutePath();
  private static final int OUTCOMES = 40;
  private static final int BATCH = 7;

  private final Clock clock = new TestingClock();

  @ParameterizedTest
  @ValueSource(strings = {"force: true", "rotate_bytes: 4KiB"})
  void keepsWhatWasSettledAndEveryLineWhole(String keys) throws Exception {
    List<EncodedEvent> all = new TestingEvents("json").next(60);
    boolean crashed = true;
    for (int at = 0; crashed; at++) {
      for (int seed = 0; seed < OUTCOMES; seed++) {
        crashed = runWithACrash(keys, all, at, seed);
      }
      assertThat(at).isLessThan(1000);
    }
  }

  /** Returns whether the crash occurred. */
  private boolean runWithACrash(String keys, List<EncodedEvent> all, int at, int seed)
      throws Exception {
    ModelStorage storage = new ModelStorage();
    storage.crashAt(at);
    int settled = deliver(sink(keys, storage), all, 0);
    boolean crashed = settled < all.size();
    storage.crash(new Random(seed));
    assertThat(deliver(sink(keys, storage), all, settled)).isEqualTo(all.size());
    List<String> received = new ArrayList<>();
    boolean torn = false;
    for (Path file : storage.list(FOLDER)) {
      byte[] bytes = storage.bytes(file);
      received.addAll(TestingLines.ids(bytes));
      torn |= TestingLines.isTorn(bytes);
    }
    List<String> first = new ArrayList<>(new LinkedHashSet<>(received));
    String outcome = "crash at operation " + at + ", outcome " + seed;
    if (torn) { // lines after the blank sectors stay, before the repeated batch
      assertThat(first).as(outcome).containsExactlyInAnyOrderElementsOf(TestingEvents.ids(all));
      return crashed;
    }
    assertThat(first).as(outcome).isEqualTo(TestingEvents.ids(all));
    return crashed;
  }

  private FileSink sink(String keys, ModelStorage storage) {
    FileSinkConfig config =
        TestingConfig.read(
            FileSinkConfig.SPEC, "path: " + FOLDER.resolve("events.jsonl") + "\n" + keys);
    return new FileSink(config, storage, new Rotation(config, storage, clock), OWN);
  }

  /** Delivers from this event on until the machine stops; returns how many are settled. */
  private static int deliver(FileSink sink, List<EncodedEvent> all, int from) throws Exception {
    int settled = from;
    try {
      sink.connect();
      while (settled < all.size()) {
        List<EncodedEvent> batch = all.subList(settled, Math.min(all.size(), settled + BATCH));
        DeliveryResult result = sink.deliver(batch);
        assertThat(result.retry()).isEmpty();
        settled += result.settled();
      }
      sink.close();
    } catch (SimulatedCrash e) {
      return settled;
    }
    return settled;
  }
}
