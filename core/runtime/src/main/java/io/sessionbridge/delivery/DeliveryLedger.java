package io.sessionbridge.delivery;

import io.sessionbridge.delivery.DeadLetters.Letter;
import io.sessionbridge.journal.Cursor;
import io.sessionbridge.journal.CursorState;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves one sink's cursor and keeps its totals. Writes dead letters before the cursor passes them.
 */
final class DeliveryLedger {

  private final String sinkId;
  private final Cursor cursor;
  private final DeadLetters deadLetters;
  private final boolean plain;

  /**
   * Creates the ledger of one sink.
   *
   * @param plain whether the sink receives events without privacy protection. Details of a dead
   *     letter may contain any name, so the dead letters of a protected sink have none.
   */
  DeliveryLedger(String sinkId, Cursor cursor, DeadLetters deadLetters, boolean plain) {
    this.plain = plain;
    this.sinkId = sinkId;
    this.cursor = cursor;
    this.deadLetters = deadLetters;
  }

  long position() {
    return cursor.state().position();
  }

  CursorState state() {
    return cursor.state();
  }

  /**
   * Makes the dead letters of rejected events durable.
   *
   * @param sent the batch to which the indexes of the rejections refer
   */
  void writeDeadLetters(List<Step.Send> sent, List<Rejection> rejected)
      throws IOException, InterruptedException {
    List<Letter> letters = new ArrayList<>();
    for (Rejection rejection : rejected) {
      Step.Send send = sent.get(rejection.index());
      String id = send.event().event().id();
      String reason =
          rejection.detail().isEmpty() || !plain
              ? rejection.reason()
              : rejection.reason() + ": " + rejection.detail();
      letters.add(new Letter(sinkId, id, reason, send.event().event().json()));
    }
    deadLetters.add(letters);
  }

  /** Makes the dead letters of events that could not be encoded durable. */
  void writeDeadLetters(List<Step.Rejected> steps) throws IOException, InterruptedException {
    deadLetters.add(
        steps.stream()
            .map(step -> new Letter(sinkId, step.eventId(), step.reason(), step.payload()))
            .toList());
  }

  /**
   * Passes steps in order.
   *
   * @param rejectedSends how many of these events the peer rejected, not counting gaps
   */
  void pass(List<Step> steps, long rejectedSends) throws IOException {
    if (steps.isEmpty()) {
      return;
    }
    long sent = 0;
    long filtered = 0;
    long rejected = rejectedSends;
    long lost = 0;
    for (Step step : steps) {
      if (step instanceof Step.Send send) {
        sent += send.gap() ? 0 : 1;
        lost += send.lost();
      } else if (step instanceof Step.Filtered) {
        filtered++;
      } else {
        rejected++;
      }
    }
    CursorState before = cursor.state();
    cursor.move(
        new CursorState(
            steps.get(steps.size() - 1).upTo(),
            before.startedAfter(),
            before.delivered() + sent - rejectedSends,
            before.filtered() + filtered,
            before.rejected() + rejected,
            before.lost() + lost,
            before.note()));
  }
}
