package io.sessionbridge.sessions;

import io.sessionbridge.sessions.state.KnownState;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.StateReader;
import io.sessionbridge.sessions.state.StateWriter;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of the sessions of one host at one moment. Immutable: a step of the tracker
 * gives another one that shares what did not change, so a copy costs nothing, and a state that
 * nobody wants any more is simply dropped. Safe for use by several threads.
 */
public final class HostSessions {

  /** The most sessions of a host. Events of further ones pass without a key. */
  static final int MOST_SESSIONS = 10_000;

  private final KnownState known;

  public HostSessions(KnownState known) {
    this.known = known;
  }

  /** A host of which nothing is known. */
  public static HostSessions empty(String hostId) {
    return new HostSessions(KnownState.empty(hostId));
  }

  /** What a step starts from. */
  public KnownState known() {
    return known;
  }

  public String hostId() {
    return known.hostId();
  }

  /** The open sessions, sorted by their numbers. */
  public List<SessionView> sessions() {
    List<SessionView> views = new ArrayList<>();
    known
        .sessions()
        .forEach(
            session -> {
              if (session.isOpen()) {
                views.add(SessionView.of(session));
              }
            });
    return views;
  }

  /** The session with this number; empty if there is none, or it is over. */
  public Optional<SessionView> session(long id) {
    return Optional.ofNullable(known.sessions().get(id))
        .filter(Session::isOpen)
        .map(SessionView::of);
  }

  /** How many lives there are of people who count; somebody with two sessions has two. */
  public int people() {
    return known.counts().people();
  }

  /**
   * What the sessions come to at this moment. Unknown until the sessions that exist were compared
   * with these, and again while something may have happened unheard.
   */
  public HostUse use() {
    boolean complete =
        known.compared()
            && known.knownUntil() == null
            && known.activity().judgedFrom() == Long.MIN_VALUE;
    return new HostUse(
        none(known.counts().inUse(), complete && known.counts().perhaps() == 0),
        none(known.counts().people(), complete));
  }

  /** Whether none is counted; what was not heard can only add some. */
  private static Optional<Boolean> none(int counted, boolean complete) {
    if (counted > 0) {
      return Optional.of(false);
    }
    return complete ? Optional.of(true) : Optional.empty();
  }

  public HostActivity activity() {
    return known.activity().shown();
  }

  /** Whether the activity was judged since the agent started last, or is from before. */
  public boolean isJudged() {
    return known.activity().judgedFrom() == Long.MIN_VALUE
        || known.last() != null
            && known.sleep().ticks(known.last()) >= known.activity().judgedFrom();
  }

  /** The last moment that was told of the host; empty if none was. */
  public Optional<Moment> lastMoment() {
    return Optional.ofNullable(known.last());
  }

  /** When the host went to sleep, while no end of that was told. */
  public Optional<Moment> suspendedAt() {
    return Optional.ofNullable(known.suspended());
  }

  /** About how many bytes of memory it takes. */
  public long weight() {
    return 1_500 + 1_000L * known.sessions().size();
  }

  /** The state as bytes, for a checkpoint; whoever stores them adds a checksum. */
  public byte[] encode() {
    StateWriter out = new StateWriter();
    known.encode(out);
    return out.toBytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws StateFormatException if it is damaged, or of a newer version: then the state has to be
   *     rebuilt from what the journal holds
   */
  public static HostSessions decode(byte[] bytes) throws StateFormatException {
    return new HostSessions(KnownState.decode(new StateReader(bytes)));
  }
}
