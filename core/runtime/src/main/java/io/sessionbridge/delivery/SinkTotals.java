package io.sessionbridge.delivery;

import io.sessionbridge.journal.CursorState;

/**
 * The totals of one sink since its cursor was created. They always balance:
 *
 * <pre>accepted = delivered + filtered + rejected + lost + pending</pre>
 *
 * @param accepted events made durable since then, plus events that a gap reports as lost
 * @param delivered settled and not rejected
 * @param filtered not selected
 * @param rejected kept as dead letters
 * @param lost reported by a gap; the gap itself and sequences without an event are not counted
 * @param pending not yet settled; computed by subtraction, without a scan
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
