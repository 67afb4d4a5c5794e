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
 * The known state of the sessions of one host at one moment. Immutable: a step of the tracker
 * returns a new instance that shares the unchanged parts, so copies are cheap. Safe for use by
 * several threads.
 */
public final class HostSessions {

  /** The most tracked sessions of a host. Events of further sessions pass without a key. */
  static final int MAX_SESSIONS = 10_000;

  private final KnownState known;

  public HostSessions(KnownState known) {
    this.known = known;
  }

  /** A host about which nothing is known. */
  public static HostSessions empty(String hostId) {
    return new HostSessions(KnownState.empty(hostId));
  }

  /** The input of a step. */
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

  /** The open session with this number, if there is one. */
  public Optional<SessionView> session(long id) {
    return Optional.ofNullable(known.sessions().get(id))
        .filter(Session::isOpen)
        .map(SessionView::of);
  }

  /** The number of lives of people who count; a person with two sessions has two. */
  public int people() {
    return known.counts().people();
  }

  /**
   * A summary of the sessions. Unknown until they were compared with the existing sessions, and
   * again while events may have been missed.
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

  /** Whether the count is zero; missed events can only have added to it. */
  private static Optional<Boolean> none(int counted, boolean complete) {
    if (counted > 0) {
      return Optional.of(false);
    }
    return complete ? Optional.of(true) : Optional.empty();
  }

  public HostActivity activity() {
    return known.activity().shown();
  }

  /** Whether the activity was judged since the agent last started, rather than restored. */
  public boolean isJudged() {
    return known.activity().judgedFrom() == Long.MIN_VALUE
        || known.last() != null
            && known.sleep().ticks(known.last()) >= known.activity().judgedFrom();
  }

  /** The last moment known of the host, if any. */
  public Optional<Moment> lastMoment() {
    return Optional.ofNullable(known.last());
  }

  /** When the host went to sleep, unless it has resumed. */
  public Optional<Moment> suspendedAt() {
    return Optional.ofNullable(known.suspended());
  }

  /** The approximate size in memory, in bytes. */
  public long weight() {
    return 1_500 + 1_000L * known.sessions().size();
  }

  /** The state as bytes, for a checkpoint. The caller adds a checksum. */
  public byte[] encode() {
    StateWriter out = new StateWriter();
    known.encode(out);
    return out.toBytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws StateFormatException if it is damaged or of a newer version; the state must then be
   *     rebuilt from the journal
   */
  public static HostSessions decode(byte[] bytes) throws StateFormatException {
    return new HostSessions(KnownState.decode(new StateReader(bytes)));
  }
}
