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
 * Detects that another client uses the same client id: the broker then disconnects each client in
 * favour of the other, and both keep reconnecting. A broker may report it with MQTT 5. Otherwise
 * the symptom is that the broker accepts each connection and closes it soon after, although nothing
 * is in flight. With QoS 0 this cannot be detected: it is unknown whether something is in flight,
 * and a broker also closes the connection after a publication to a forbidden topic.
 *
 * <p>After a detection the sink reconnects slowly, to spare the broker and its subscribers. For the
 * sink's thread, except {@link #problem}.
 */
final class ClientIdConflict {

  private static final Logger LOG = LoggerFactory.getLogger(ClientIdConflict.class);

  /** A failing network would not accept this many connections in a row. */
  private static final int ENDS = 5;

  /** Confirms a conflict that was already detected; a single end may have another cause. */
  private static final int ENDS_AGAIN = 2;

  private static final Duration SOON = Duration.ofSeconds(30);

  /** A conflict is reported repeatedly; a client that connected once is reported once. */
  private static final Duration TWICE_WITHIN = Duration.ofMinutes(5);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** Within this time even a rival that reconnects slowly has reconnected. */
  private static final Duration RETURNS = LONGEST_PAUSE.plus(SOON);

  /** A connection this old has no rival: even a slow one would have reconnected. */
  private static final Duration STABLE = LONGEST_PAUSE.multipliedBy(2);

  private final String sinkId;
  private final String clientId;
  private final boolean acknowledged;
  private final Clock clock;
  private final SplittableRandom random;
  private int ends;
  private boolean logged;
  private boolean takenOver;
  private long takenOverAt;
  private Duration pause = FIRST_PAUSE;
  private long connectedAt;
  private long pausedUntil;
  private volatile @Nullable String problem;

  /**
   * @param acknowledged whether the broker acknowledges publications: QoS 1
   */
  ClientIdConflict(
      String sinkId, String clientId, boolean acknowledged, Clock clock, SplittableRandom random) {
    this.sinkId = sinkId;
    this.clientId = clientId;
    this.acknowledged = acknowledged;
    this.clock = clock;
    this.random = random;
  }

  /** The current conflict, for the health. Any thread. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Whether it is too early for the next attempt. */
  boolean isPausing() {
    return problem != null && pausedUntil - clock.nanoTime() > 0;
  }

  void connected() {
    connectedAt = clock.nanoTime();
  }

  /** The connect failed, so the cause is the broker or the network. */
  void notConnected() {
    ends = 0;
  }

  /** A probe found the connection up. */
  void connectionIsUp() {
    if (problem != null && age().compareTo(STABLE) >= 0) {
      LOG.info("sink {}: no other client uses the client id {} any more", sinkId, clientId);
      problem = null;
      logged = false;
      takenOver = false;
      ends = 0;
      pause = FIRST_PAUSE;
    }
  }

  /**
   * The connection ended while something was in flight, which may be the cause: only a reason from
   * the broker counts.
   */
  void endedBusy(Ending why) {
    if (!isTakenOver(why)) {
      return;
    }
    long now = clock.nanoTime();
    boolean again = takenOver && now - takenOverAt <= TWICE_WITHIN.toNanos();
    takenOver = true;
    takenOverAt = now;
    if (again || problem != null) {
      suspect("another client uses the client id " + clientId + remedy());
    }
  }

  private static boolean isTakenOver(Ending why) {
    return why instanceof Ending.Refused refused && refused.reason() == Reason.TAKEN_OVER;
  }

  /** The broker or the network ended the connection while nothing was in flight. */
  void ended(Ending why) {
    if (isTakenOver(why)) {
      endedBusy(why);
      return;
    }
    connectionIsUp(); // the end of an old connection is no conflict
    boolean closed = acknowledged && why instanceof Ending.Closed;
    boolean soon = age().compareTo(problem == null ? SOON : RETURNS) < 0;
    ends = closed && soon ? ends + 1 : 0;
    if (ends >= (problem == null ? ENDS : ENDS_AGAIN)) {
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

  /** Half of the pause is random, or two agents would keep colliding. */
  private void suspect(String text) {
    problem = text;
    long half = pause.toNanos() / 2;
    pausedUntil = clock.nanoTime() + half + random.nextLong(half);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    if (!logged) {
      logged = true;
      LOG.warn("sink {}: {}; it reconnects more slowly from now on", sinkId, text);
    }
  }
}
