package io.sessionbridge.delivery;

import io.sessionbridge.journal.CursorState;

/**
 * The books of one sink since its cursor was made. They always balance:
 *
 * <pre>accepted = delivered + filtered + rejected + lost + pending</pre>
 *
 * @param accepted events that were made durable, and events that a gap says are lost, since then
 * @param delivered settled by the sink and not rejected
 * @param filtered not selected
 * @param rejected in the dead letters
 * @param lost in a gap; the gap itself counts nowhere, nor do sequences that no event ever had
 * @param pending still to come; a subtraction, never a scan
 */
public record SinkTotals(
    long accepted, long delivered, long filtered, long rejected, long lost, long pending) {

  static SinkTotals of(CursorState cursor, long lastDurable) {
    long end = Math.max(lastDurable, cursor.position());
    return new SinkTotals(
        end - cursor.startedAfter() - cursor.unused(),
        cursor.delivered(),
        cursor.filtered(),
        cursor.rejected(),
        cursor.lost(),
        end - cursor.position());
  }
}
