package io.sessionbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.journal.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events that a selection leaves out. */
class SelectionLoopTest extends TestingLoop {

  @Test
  void passesUnselectedEvents() throws Exception {
    append(1, 5);
    start(settings(TestingSelection.of("not_users: ['contoso\\u2', u4]")));
    awaitPassed(5);
    assertThat(sink.users()).containsExactly("u1", "u3", "u5");
    assertThat(loop.totals()).isEqualTo(new SinkTotals(5, 3, 2, 0, 0, 0));
  }

  /** The cursor moves in memory; the journal writes it periodically. */
  @Test
  void unselectedEventsMoveTheCursorWithoutAWriteEach() throws Exception {
    start(settings(Selection.DEFAULT));
    awaitPassed(0);
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i <= 2_000; i++) {
      entries.add(entry(Kind.LOGON, i, "virtual"));
    }
    journal.awaitDurable(journal.append(entries));
    long before = disk.operations();
    awaitPassed(2_000);
    append(2_001, 2_001);
    awaitPassed(2_001);
    assertThat(disk.operations() - before).isLessThan(100);
    assertThat(sink.users()).containsExactly("u2001");
    assertThat(loop.totals()).isEqualTo(new SinkTotals(2_001, 1, 2_000, 0, 0, 0));
    loop.close();
    start(settings(Selection.DEFAULT));
    assertThat(loop.totals()).isEqualTo(new SinkTotals(2_001, 1, 2_000, 0, 0, 0));
  }

  @Test
  void sendsOnlyTheLatestPendingHeartbeat() throws Exception {
    append(Kind.BRIDGE_HEARTBEAT, 1, 3);
    append(4, 4);
    latestHeartbeat = 3;
    start(settings(Selection.ALL));
    awaitPassed(4);
    assertThat(sink.users()).containsExactly("u3", "u4");
    assertThat(loop.totals()).isEqualTo(new SinkTotals(4, 2, 2, 0, 0, 0));
  }
}
