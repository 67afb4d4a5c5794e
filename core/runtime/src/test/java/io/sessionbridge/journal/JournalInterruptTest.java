package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.group;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.storage.FileStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads are interrupted anywhere; the journal is not affected. */
class JournalInterruptTest {

  private static final int APPENDS = 4000;

  @TempDir Path folder;

  private final Map<Long, String> acknowledged = new ConcurrentSkipListMap<>();
  private final AtomicInteger interrupted = new AtomicInteger();
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void survivesInterruptedEmittersAndReaders() throws Exception {
    JournalConfig config =
        new JournalConfig(
            1 << 28,
            64 << 10,
            Duration.ofDays(90),
            Duration.ofDays(1),
            JournalConfig.WhenFull.DROP_OLDEST,
            JournalConfig.Durability.FSYNC,
            false);
    List<String> seen = new ArrayList<>();
    try (Journal journal = Journal.open(config, folder, new FileStorage(), Clock.system())) {
      Cursor cursor = journal.cursors().open("lake", Start.OLDEST);
      journal.beginRetention();
      List<Thread> emitters =
          List.of(
              new Thread(() -> emit(journal, "a")),
              new Thread(() -> emit(journal, "b")),
              new Thread(() -> emit(journal, "c")));
      Thread reader = new Thread(() -> readAll(journal, cursor, seen));
      emitters.forEach(Thread::start);
      reader.start();
      Random random = new Random(1);
      while (emitters.stream().anyMatch(Thread::isAlive)) {
        emitters.get(random.nextInt(3)).interrupt();
        reader.interrupt();
        long until = System.nanoTime() + random.nextInt(200_000);
        while (System.nanoTime() < until) {
          Thread.onSpinWait();
        }
      }
      Appended fresh =
          append(journal, "fresh"); // after appends that interrupted emitters did not await
      done.set(true);
      reader.join();
      assertThat(cursor.state().position()).isEqualTo(fresh.last());
      assertThat(journal.status().failure()).isEmpty();
    }
    assertThat(interrupted.get()).isPositive();
    acknowledged.forEach(
        (sequence, text) -> assertThat(seen.get((int) (sequence - 1))).isEqualTo(text));
  }

  private void emit(Journal journal, String name) {
    for (int i = 0; i < APPENDS; i++) {
      String text = name + i;
      try {
        Appended appended = journal.append(group(text));
        journal.awaitDurable(appended);
        acknowledged.put(appended.first(), text);
      } catch (InterruptedException e) {
        interrupted.incrementAndGet();
      } catch (JournalException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Every sequence once and in order, despite interrupts. */
  private void readAll(Journal journal, Cursor cursor, List<String> seen) {
    try (JournalReader reader = journal.reader(0)) {
      while (!done.get() || reader.position() < journal.durableSequence()) {
        try {
          for (JournalRecord record : reader.read(100, 1 << 20)) {
            seen.add(new String(((JournalRecord.Data) record).payload(), UTF_8));
          }
          cursor.move(cursor.state().at(reader.position(), new byte[0]));
        } catch (IOException e) {
          assertThat(Thread.interrupted()).as("%s", e).isTrue();
          interrupted.incrementAndGet();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
