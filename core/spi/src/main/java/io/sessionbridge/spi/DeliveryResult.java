package io.sessionbridge.spi;

import io.sessionbridge.text.UntrustedText;
import java.util.List;
import java.util.Optional;

/**
 * The result of a batch.
 *
 * @param settled how many events from the beginning of the batch need never be sent again, rejected
 *     ones included; the cursor moves by this
 * @param rejected those among the settled that the peer refuses for good; they become dead letters
 * @param retry why the rest is not settled; empty if and only if all are
 */
@Stable
public record DeliveryResult(int settled, List<Rejection> rejected, Optional<Failure> retry) {

  /**
   * @param index of the event in the batch
   * @param reason what the peer said, for the dead letter and the log; made safe to show by {@link
   *     UntrustedText#message}
   * @param detail what else only the dead letter keeps, for instance the end of a program's output;
   *     at most {@link #LONGEST_DETAIL} characters of it, made safe to show; empty if there is none
   */
  public record Rejection(int index, String reason, String detail) {

    /** In characters. */
    public static final int LONGEST_DETAIL = 4096;

    public Rejection {
      reason = UntrustedText.message(reason);
      detail = UntrustedText.line(detail, LONGEST_DETAIL);
    }

    /** A refusal that its reason tells completely. */
    public Rejection(int index, String reason) {
      this(index, reason, "");
    }
  }

  /**
   * @param message what went wrong and which setting may be the cause
   * @param reconnect whether {@link Sink#connect} must be called before the next batch; false if
   *     the connection is good and only more time is needed
   * @param unavailable whether the peer (or the disk) is known to accept nothing for now: full,
   *     over quota, no permission to write. Otherwise the first event that is not settled may be
   *     the cause, and is rejected if the peer fails on it again and again, and not on its
   *     neighbour.
   */
  public record Failure(String message, boolean reconnect, boolean unavailable) {

    /** A failure of which an event may be the cause. */
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

  /** All events are settled; some of them were refused. */
  public static DeliveryResult settled(int count, List<Rejection> rejected) {
    return new DeliveryResult(count, rejected, Optional.empty());
  }

  /** The first events are settled; the rest must be sent again, over a new connection. */
  public static DeliveryResult failed(int settled, List<Rejection> rejected, String message) {
    return new DeliveryResult(settled, rejected, Optional.of(new Failure(message, true)));
  }

  /** As {@link #failed}, but no event can be the cause: the peer or the disk accepts nothing. */
  public static DeliveryResult unavailable(int settled, List<Rejection> rejected, String message) {
    return new DeliveryResult(settled, rejected, Optional.of(new Failure(message, true, true)));
  }
}
