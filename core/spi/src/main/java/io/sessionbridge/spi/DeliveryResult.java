package io.sessionbridge.spi;

import io.sessionbridge.text.UntrustedText;
import java.util.List;
import java.util.Optional;

/**
 * The result of a batch.
 *
 * @param settled how many events from the start of the batch need no further attempt, rejected ones
 *     included; the cursor advances by this
 * @param rejected the settled events that the peer refused for good; they become dead letters
 * @param retry why the rest is not settled; empty if and only if all events are
 */
@Stable
public record DeliveryResult(int settled, List<Rejection> rejected, Optional<Failure> retry) {

  /**
   * @param index of the event in the batch
   * @param reason what the peer said, for the dead letter and the log; sanitized by {@link
   *     UntrustedText#message}
   * @param detail further text for the dead letter alone, for instance the end of a program's
   *     output; sanitized and limited to {@link #LONGEST_DETAIL} characters; empty if there is none
   */
  public record Rejection(int index, String reason, String detail) {

    /** In characters. */
    public static final int LONGEST_DETAIL = 4096;

    public Rejection {
      reason = UntrustedText.message(reason);
      detail = UntrustedText.line(detail, LONGEST_DETAIL);
    }

    /** A rejection without further detail. */
    public Rejection(int index, String reason) {
      this(index, reason, "");
    }
  }

  /**
   * @param message what went wrong and which setting to check
   * @param reconnect whether {@link Sink#connect} must be called before the next batch; false if
   *     the connection is good and only more time is needed
   * @param unavailable whether the peer (or the disk) is known to accept nothing for now: full,
   *     over quota, no permission to write. Otherwise the first unsettled event may be the cause.
   *     It is rejected if the peer keeps failing on it but accepts its neighbour.
   */
  public record Failure(String message, boolean reconnect, boolean unavailable) {

    /** A failure that an event may have caused. */
    public Failure(String message, boolean reconnect) {
      this(message, reconnect, false);
    }
  }

  public DeliveryResult {
    rejected = List.copyOf(rejected);
    if (settled < 0) {
      throw new IllegalArgumentException("settled must not be negative, was " + settled);
    }
    for (Rejection rejection : rejected) {
      if (rejection.index() < 0 || rejection.index() >= settled) {
        throw new IllegalArgumentException(
            "rejected index " + rejection.index() + " is not among the " + settled + " settled");
      }
    }
  }

  /** All events are delivered. */
  public static DeliveryResult delivered(int count) {
    return new DeliveryResult(count, List.of(), Optional.empty());
  }

  /** All events are settled; some of them are rejected. */
  public static DeliveryResult settled(int count, List<Rejection> rejected) {
    return new DeliveryResult(count, rejected, Optional.empty());
  }

  /** The first events are settled; the rest must be sent again, over a new connection. */
  public static DeliveryResult failed(int settled, List<Rejection> rejected, String message) {
    return new DeliveryResult(settled, rejected, Optional.of(new Failure(message, true)));
  }

  /** Like {@link #failed}, but no event is the cause: the peer or the disk accepts nothing. */
  public static DeliveryResult unavailable(int settled, List<Rejection> rejected, String message) {
    return new DeliveryResult(settled, rejected, Optional.of(new Failure(message, true, true)));
  }
}
