package io.sessionbridge.delivery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.JournalRecord;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Losses in the journal, as a sink receives them. */
class GapLoopTest extends TestingLoop {

  @Test
  void reportsALossInItsPlace() throws Exception {
    append(1, 2);
    journal.appendHole(3, "handoff_full");
    append(6, 6);
    start(settings(TestingSelection.of("kinds: [logoff]")));
    awaitPassed(6);
    assertThat(sink.events).hasSize(1);
    SessionEvent gap = sink.events.get(0);
    assertThat(gap.id()).isEqualTo(journal.epoch() + "-5-gap");
    assertThat(gap.data().get(Field.FIRST_SEQUENCE)).isEqualTo(3);
    assertThat(gap.data().get(Field.LAST_SEQUENCE)).isEqualTo(5);
    assertThat(gap.data().get(Field.LOST_COUNT)).isEqualTo(3);
    assertThat(gap.data().get(Field.REASON)).isEqualTo("handoff_full");
    assertThat(loop.totals()).isEqualTo(new SinkTotals(6, 0, 3, 0, 3, 0));
  }

  @Test
  void omitsTheCountOfAnUncountedLoss() throws Exception {
    append(1, 2);
    journal.appendHole(JournalRecord.Hole.UNKNOWN_COUNT, "file_lost");
    journal.appendHole(3, "file_lost");
    append(7, 7);
    start(settings(Selection.ALL));
    awaitPassed(7);
    EventData uncounted = sink.events.get(2).data();
    assertThat(uncounted.get(Field.FIRST_SEQUENCE)).isEqualTo(3);
    assertThat(uncounted.get(Field.LAST_SEQUENCE)).isEqualTo(3);
    assertThat(uncounted.get(Field.LOST_COUNT)).isNull();
    assertThat(uncounted.get(Field.REASON)).isEqualTo("file_lost");
    assertThat(sink.events.get(3).data().get(Field.LOST_COUNT)).isEqualTo(3);
    assertThat(loop.totals().lost()).isEqualTo(3);
    assertThat(loop.totals().pending()).isZero();
  }

  @Test
  void doesNotCountSequencesWithoutAnEvent() throws Exception {
    append(1, 2);
    CountDownLatch appended = new CountDownLatch(1);
    journal.onDurable(() -> uninterruptibly(appended));
    journal.append(List.of(entry(Kind.LOGON, 3))); // once it is durable, the journal waits
    disk.usableSpace(0);
    Appended refused = journal.append(List.of(new Entry(0, new byte[5 << 20])));
    Appended behind = journal.appendHole(1, "handoff_full");
    appended.countDown();
    journal.awaitDurable(behind);
    assertThat(refused.last()).isEqualTo(4);
    start(settings(Selection.ALL));
    awaitPassed(5);
    SessionEvent gap = sink.events.get(3);
    assertThat(gap.data().get(Field.REASON)).isEqualTo("write_failed");
    assertThat(gap.data().get(Field.FIRST_SEQUENCE)).isEqualTo(4);
    assertThat(gap.data().get(Field.LOST_COUNT)).isZero();
    assertThat(loop.totals()).isEqualTo(new SinkTotals(4, 3, 0, 0, 1, 0));
    assertThat(loop.lostThisRun()).isEqualTo(1);
    loop.close();
    start(settings(Selection.ALL));
    append(6, 6);
    awaitPassed(6);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(5, 4, 0, 0, 1, 0));
  }

  private static void uninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
