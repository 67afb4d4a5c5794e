package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.FOLDER;
import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.group;
import static io.sessionbridge.journal.TestingJournal.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.storage.ModelStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While the disk does not answer, read-only calls of other threads still return. */
class JournalStalledDiskTest {

  private final ModelStorage disk = new ModelStorage();
  private final CrashRun.HandClock clock = new CrashRun.HandClock();
  private JournalCore journal;
  private Cursor cursor;

  @BeforeEach
  void open() throws Exception {
    journal = new JournalCore(small(), FOLDER, disk, clock, 1);
    cursor = journal.cursors().open("lake", Start.OLDEST);
    journal.beginRetention();
    append(journal, "before");
  }

  /** The status during each operation of the disk. */
  private List<Optional<String>> seenWhile(Duration each) throws Exception {
    List<Optional<String>> seen = new ArrayList<>();
    disk.slow(
        each,
        time -> {
          clock.advance(time);
          seen.add(elsewhere(() -> journal.status().failure()));
        });
    cursor.move(cursor.state().at(1, new byte[0]));
    append(journal, "after");
    journal.step();
    disk.slow(Duration.ZERO, time -> {});
    return seen;
  }

  private static <T> T elsewhere(Callable<T> look) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(look.call());
              } catch (Exception e) {
                answer.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return answer.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void isReported() throws Exception {
    assertThat(seenWhile(Duration.ofSeconds(11)))
        .contains(Optional.of("writing to the disk has not returned for 11 s"))
        .doesNotContain(Optional.empty());
    assertThat(journal.status().failure()).isEmpty();
  }

  @Test
  void aSlowDiskIsNotReported() throws Exception {
    assertThat(seenWhile(Duration.ofSeconds(1))).isNotEmpty().containsOnly(Optional.empty());
  }

  @Test
  void readOnlyCallsDoNotBlock() throws Exception {
    List<Boolean> room = new ArrayList<>();
    disk.slow(
        Duration.ofSeconds(1),
        time -> room.add(elsewhere(() -> journal.hasRoom(group("another")))));
    cursor.move(cursor.state().at(1, new byte[0]));
    journal.step();
    assertThat(room).isNotEmpty().containsOnly(true);
    assertThat(elsewhere(() -> journal.cursors().find("lake"))).contains(cursor);
  }
}
