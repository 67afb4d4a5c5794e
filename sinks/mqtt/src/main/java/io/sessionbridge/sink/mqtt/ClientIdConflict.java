package io.sessionbridge.sink.mqtt;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognizes that another client uses the same client id: a broker then ends the connection of the
 * one for the other, and each comes back at once, for ever. A broker of MQTT 5 may say so. Else it
 * shows: the broker takes each connection, and closes it soon after although nothing was on its
 * way. With QoS 0 it does not show: nobody knows then whether something was, and a broker also
 * closes for a topic that it forbids.
 *
 * <p>From then on the sink comes back slowly, so that the broker and its subscribers rest. For the
 * sink's thread, but for {@link #trouble}.
 */
final class Rivalry {

  private static final Logger LOG = LoggerFactory.getLogger(Rivalry.class);

  /** A network that fails so often in a row does not answer at once in between. */
  private static final int ENDS = 5;

  /** A rival that is still there shows again; one end may be the network's. */
  private static final int ENDS_AGAIN = 2;

  private static final Duration SOON = Duration.ofSeconds(30);

  /** A broker says it of each rival, and of somebody who came once it says it once. */
  private static final Duration TWICE_WITHIN = Duration.ofMinutes(5);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** In this time even a rival that comes back slowly has come. */
  private static final Duration RETURNS = LONGEST_PAUSE.plus(SOON);

  /** A connection that stands so long has no rival: even a slow one would have come. */
  private static final Duration STANDS = LONGEST_PAUSE.multipliedBy(2);

  private final String sinkId;
  private final String clientId;
  private final boolean acknowledged;
  private final Clock clock;
  private final SplittableRandom random;
  private int ends;
  private boolean told;
  private boolean takenOver;
  private long takenOverAt;
  private Duration pause = FIRST_PAUSE;
  private long connectedAt;
  private long pausedUntil;
  private volatile @Nullable String trouble;

  /**
   * Suspects nobody yet.
   *
   * @param acknowledged whether the broker acknowledges what it takes: QoS 1
   */
  Rivalry(
      String sinkId, String clientId, boolean acknowledged, Clock clock, SplittableRandom random) {
    this.sinkId = sinkId;
    this.clientId = clientId;
    this.acknowledged = acknowledged;
    this.clock = clock;
    this.random = random;
  }

  /** What is wrong, while it is so. Any thread. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Whether it is too early for the next attempt. */
  boolean waits() {
    return trouble != null && pausedUntil - clock.nanoTime() > 0;
  }

  void connected() {
    connectedAt = clock.nanoTime();
  }

  /** The broker did not take us, so it is the broker or the network. */
  void notConnected() {
    ends = 0;
  }

  /** The connection stands and was looked at. */
  void stands() {
    if (trouble != null && age().compareTo(STANDS) >= 0) {
      LOG.info("sink {}: no other client uses the client id {} any more", sinkId, clientId);
      trouble = null;
      told = false;
      takenOver = false;
      ends = 0;
      pause = FIRST_PAUSE;
    }
  }

  /**
   * The connection ended while something was on its way, which may be the reason: only a broker
   * that says why is believed.
   */
  void endedBusy(Ending why) {
    if (!isTakenOver(why)) {
      return;
    }
    long now = clock.nanoTime();
    boolean again = takenOver && now - takenOverAt <= TWICE_WITHIN.toNanos();
    takenOver = true;
    takenOverAt = now;
    if (again || trouble != null) {
      suspect("another client uses the client id " + clientId + remedy());
    }
  }

  private static boolean isTakenOver(Ending why) {
    return why instanceof Ending.Refused refused && refused.reason() == Reason.TAKEN_OVER;
  }

  /** The broker or the network ended the connection while nothing was on its way. */
  void ended(Ending why) {
    if (isTakenOver(why)) {
      endedBusy(why);
      return;
    }
    stands(); // an old connection that ends had no rival
    boolean closed = acknowledged && why instanceof Ending.Closed;
    boolean soon = age().compareTo(trouble == null ? SOON : RETURNS) < 0;
    ends = closed && soon ? ends + 1 : 0;
    if (ends >= (trouble == null ? ENDS : ENDS_AGAIN)) {
      ends = 0;
      suspect(
          "another client probably uses the client id "
              + clientId
              + ", because the broker closed one new connection after the other"
              + remedy());
    }
  }

  private static String remedy() {
    return ": set a client_id of its own for each agent and sink, or host.id on cloned machines";
  }

  private Duration age() {
    return Duration.ofNanos(clock.nanoTime() - connectedAt);
  }

  /** Half of the pause is by chance, or two agents would meet again and again. */
  private void suspect(String text) {
    trouble = text;
    long half = pause.toNanos() / 2;
    pausedUntil = clock.nanoTime() + half + random.nextLong(half);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    if (!told) {
      told = true;
      LOG.warn("sink {}: {}; it reconnects more slowly from now on", sinkId, text);
    }
  }
}
