package io.sessionbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Field;
import io.sessionbridge.spi.DeliveryResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events that a sink or a format rejects. */
class DeadLetterLoopTest extends TestingLoop {

  @Test
  void anEventThatCannotBeEncodedBecomesADeadLetter() throws Exception {
    append(1, 9);
    start(
        settings(Selection.ALL),
        event -> {
          if ("u5".equals(event.data().get(Field.USER_NAME))) {
            throw new IllegalStateException("no form for u5");
          }
          return encoded(event);
        });
    awaitPassed(9);
    List<String> expected = new ArrayList<>(users(1, 9));
    expected.remove("u5");
    assertThat(sink.users()).isEqualTo(expected);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(9, 8, 0, 1, 0, 0));
    assertThat(letters())
        .singleElement()
        .asString()
        .contains("lake", journal.epoch() + "-5", "cannot be encoded: no form for u5", "\"u5\"");
  }

  @Test
  void aRejectedEventBecomesADeadLetter() throws Exception {
    sink.onDeliver(
        batch ->
            DeliveryResult.settled(
                batch.size(), List.of(new DeliveryResult.Rejection(1, "too large: 9 of 8 bytes"))));
    append(1, 4);
    start(settings(Selection.ALL));
    awaitPassed(4);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(4, 3, 0, 1, 0, 0));
    assertThat(letters()).singleElement().asString().contains("too large: 9 of 8 bytes");
  }

  @Test
  void findsTheEventThatBreaksTheSink() throws Exception {
    sink.breaksOn = "u6";
    append(1, 12);
    start(settings(Selection.ALL));
    awaitPassed(12);
    List<String> expected = new ArrayList<>(users(1, 12));
    expected.remove("u6");
    assertThat(new ArrayList<>(new LinkedHashSet<>(sink.users()))).isEqualTo(expected);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(12, 11, 0, 1, 0, 0));
    assertThat(letters())
        .singleElement()
        .asString()
        .contains(
            "in 8 tests the peer accepted its neighbour and then failed on it: delivery of 1 event"
                + " failed: java.lang.IllegalStateException: broken by u6");
  }

  @Test
  void rejectsNothingIfTheSinkFailsOnEverything() throws Exception {
    sink.breaksOn = "u";
    append(1, 6);
    start(settings(Selection.ALL));
    await(() -> sink.connects > 20);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(6, 0, 0, 0, 0, 6));
  }
}
