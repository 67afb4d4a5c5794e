package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.delivery.DeadLetters;
import io.sessionbridge.delivery.DeliveryLoop;
import io.sessionbridge.delivery.DeliveryLoops;
import io.sessionbridge.delivery.SinkSettings;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Cursor;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.Start;
import io.sessionbridge.metrics.MetricRegistry;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.testkit.TestingFormats;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.TestingSink;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What counts as drained. */
@Timeout(60)
class DrainTest {

  private static final Path FOLDER = Path.of("data");

  private final Clock clock = Clock.system();
  private final ModelStorage disk = new ModelStorage();

  /** Damages the cursor and deletes all segments and the eviction floor. */
  private void damage() throws Exception {
    try (Journal journal = open()) {
      journal.cursors().open("lake", Start.OLDEST);
      Cursor other = journal.cursors().open("other", Start.OLDEST);
      Entry entry = new Entry(0, "event".getBytes(StandardCharsets.UTF_8));
      journal.awaitDurable(journal.append(List.of(entry, entry)));
      other.move(other.state().at(2, new byte[0]));
    }
    for (Path file : disk.list(FOLDER.resolve("journal"))) {
      disk.remove(file);
    }
    disk.put(FOLDER.resolve("journal").resolve("evicted.floor"), new byte[] {1});
    disk.put(FOLDER.resolve("cursors").resolve("lake.cursor"), new byte[] {1});
  }

  private Journal open() throws Exception {
    return Journal.open(JournalConfig.defaults(), FOLDER, disk, clock);
  }

  @Test
  void aPendingGapIsNotDelivered() throws Exception {
    damage();
    TestingSink sink = new TestingSink();
    try (Journal journal = open();
        DeadLetters letters =
            new DeadLetters(JournalConfig.deadLetters(), FOLDER.resolve("rejected"), disk, clock);
        DeliveryLoop loop =
            new DeliveryLoops(
                    journal,
                    letters,
                    new TestingHost(),
                    clock,
                    () -> new HostState(clock.now(), Health.up(), List.of()),
                    new MetricRegistry(),
                    () -> 0)
                .loop("lake", () -> sink, TestingFormats.named("json"), SinkSettings.defaults())) {
      Drain drain = new Drain(List.of(), List.of(loop));
      assertThat(loop.totals().pending()).isZero();
      assertThat(drain.look().problems())
          .containsExactly("sink lake has a gap pending (DEGRADED: not connected yet)");
      assertThat(drain.isSettled()).isFalse();
      loop.start();
      sink.awaitDelivered(1);
      loop.stop();
      loop.awaitEnd(Duration.ofSeconds(30));
      assertThat(drain.look().problems()).isEmpty();
      assertThat(drain.isSettled()).isTrue();
    }
  }
}
