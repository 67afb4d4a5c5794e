package io.sessionbridge.sessions;

import io.sessionbridge.sessions.Activity.Tick;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the sessions of one host at one moment. Immutable: a step of the tracker
 * gives another one that shares what did not change, so a copy costs nothing, and a state that
 * nobody wants any more is simply dropped. Safe for use by several threads.
 *
 * <p>The package-private fields are what a step starts from.
 */
public final class HostSessions {

  /** The version of the encoded form. A newer one must be rebuilt from the journal. */
  private static final int VERSION = 1;

  /** The most sessions of a host. Events of further ones pass without a key. */
  static final int MOST_SESSIONS = 10_000;

  final String hostId;
  final HostNames names;

  /** The last moment that was told. */
  final @Nullable Moment last;

  /** Up to when all was heard, while there is a gap after it that no comparison has filled. */
  final @Nullable Moment knownUntil;

  /** When the agent was started last. */
  final @Nullable Moment runFrom;

  /** When the host said that it stops, since it started last. */
  final @Nullable Moment shutdown;

  /** How the host's former run ended, while its sessions have not been ended. */
  final @Nullable RunEnd priorEnd;

  /** When the host went to sleep last. */
  final @Nullable Moment suspended;

  /** Whether the sessions that exist were ever compared with these. */
  final boolean compared;

  final NumberedTable<Session> sessions;
  final UserIndex users;
  final SleepClock sleep;

  /** What happened a moment ago to the host, and to nobody knows which session. */
  final Recents recents;

  final Activity activity;

  /** Sessions of which events are not written, because there are too many. */
  final List<Long> flooding;

  final @Nullable Moment swept;
  final UseCounts counts;

  HostSessions(
      String hostId,
      HostNames names,
      @Nullable Moment last,
      @Nullable Moment knownUntil,
      @Nullable Moment runFrom,
      @Nullable Moment shutdown,
      @Nullable RunEnd priorEnd,
      @Nullable Moment suspended,
      boolean compared,
      NumberedTable<Session> sessions,
      UserIndex users,
      SleepClock sleep,
      Recents recents,
      Activity activity,
      List<Long> flooding,
      @Nullable Moment swept,
      UseCounts counts) {
    this.hostId = hostId;
    this.names = names;
    this.last = last;
    this.knownUntil = knownUntil;
    this.runFrom = runFrom;
    this.shutdown = shutdown;
    this.priorEnd = priorEnd;
    this.suspended = suspended;
    this.compared = compared;
    this.sessions = sessions;
    this.users = users;
    this.sleep = sleep;
    this.recents = recents;
    this.activity = activity;
    this.flooding = flooding;
    this.swept = swept;
    this.counts = counts;
  }

  /** A host of which nothing is known. */
  public static HostSessions empty(String hostId) {
    return new HostSessions(
        hostId,
        HostNames.UNKNOWN,
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        NumberedTable.empty(),
        UserIndex.EMPTY,
        SleepClock.NEVER_ASLEEP,
        Recents.NONE,
        Activity.startedAt(new Tick(Instant.EPOCH, 0)),
        List.of(),
        null,
        UseCounts.NONE);
  }

  public String hostId() {
    return hostId;
  }

  /** The open sessions, sorted by their numbers. */
  public List<SessionView> sessions() {
    List<SessionView> views = new ArrayList<>();
    sessions.forEach(
        session -> {
          if (session.isOpen()) {
            views.add(SessionView.of(session));
          }
        });
    return views;
  }

  /** The session with this number; empty if there is none, or it is over. */
  public Optional<SessionView> session(long id) {
    return Optional.ofNullable(sessions.get(id)).filter(Session::isOpen).map(SessionView::of);
  }

  /** How many lives there are of people who count; somebody with two sessions has two. */
  public int people() {
    return counts.people();
  }

  /**
   * What the sessions come to at this moment. Unknown until the sessions that exist were compared
   * with these, and again while something may have happened unheard.
   */
  public HostUse use() {
    boolean complete = compared && knownUntil == null && activity.judgedFrom() == Long.MIN_VALUE;
    return new HostUse(
        none(counts.inUse(), complete && counts.perhaps() == 0), none(counts.people(), complete));
  }

  /** Whether none is counted; what was not heard can only add some. */
  private static Optional<Boolean> none(int counted, boolean complete) {
    if (counted > 0) {
      return Optional.of(false);
    }
    return complete ? Optional.of(true) : Optional.empty();
  }

  public HostActivity activity() {
    return activity.shown();
  }

  /** Whether the activity was judged since the agent started last, or is from before. */
  public boolean isJudged() {
    return activity.judgedFrom() == Long.MIN_VALUE
        || last != null && sleep.ticks(last) >= activity.judgedFrom();
  }

  /** The last moment that was told of the host; empty if none was. */
  public Optional<Moment> lastMoment() {
    return Optional.ofNullable(last);
  }

  /** When the host went to sleep, while no end of that was told. */
  public Optional<Moment> suspendedAt() {
    return Optional.ofNullable(suspended);
  }

  /** About how many bytes of memory it takes. */
  long weight() {
    return 1_500 + 1_000L * sessions.size();
  }

  /** The state as bytes, for a checkpoint; whoever stores them adds a checksum. */
  public byte[] encode() {
    StateWriter out = new StateWriter();
    out.number(VERSION);
    out.text(hostId);
    names.encode(out);
    out.optionalMoment(last);
    out.optionalMoment(knownUntil);
    out.optionalMoment(runFrom);
    out.optionalMoment(shutdown);
    out.flag(priorEnd != null);
    if (priorEnd != null) {
      priorEnd.encode(out);
    }
    out.optionalMoment(suspended);
    out.flag(compared);
    sleep.encode(out);
    recents.encode(out);
    activity.encode(out);
    out.number(flooding.size());
    flooding.forEach(out::number);
    out.optionalMoment(swept);
    out.number(sessions.size());
    sessions.forEach(session -> session.encode(out));
    return out.toBytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws StateFormatException if it is damaged, or of a newer version: then the state has to be
   *     rebuilt from what the journal holds
   */
  public static HostSessions decode(byte[] bytes) throws StateFormatException {
    StateReader in = new StateReader(bytes);
    long version = in.number();
    if (version != VERSION) {
      throw new StateFormatException(
          "expected version " + VERSION + " of a tracker's state, found " + version);
    }
    String hostId = in.text();
    HostNames names = HostNames.decode(in);
    Moment last = in.optionalMoment();
    Moment knownUntil = in.optionalMoment();
    Moment runFrom = in.optionalMoment();
    Moment shutdown = in.optionalMoment();
    RunEnd priorEnd = in.flag() ? RunEnd.decode(in) : null;
    Moment suspended = in.optionalMoment();
    boolean compared = in.flag();
    SleepClock sleep = SleepClock.decode(in);
    Recents recents = Recents.decode(in);
    Activity activity = Activity.decode(in);
    int flooded = in.count();
    List<Long> flooding = new ArrayList<>(flooded);
    for (int i = 0; i < flooded; i++) {
      flooding.add(in.number());
    }
    Moment swept = in.optionalMoment();
    int count = in.count();
    NumberedTable<Session> sessions = NumberedTable.empty();
    UseCounts counts = UseCounts.NONE;
    UserIndex users = UserIndex.EMPTY;
    for (int i = 0; i < count; i++) {
      Session session = Session.decode(in);
      sessions = sessions.with(session);
      counts = counts.changed(null, session);
      users = users.changed(null, session);
    }
    in.end();
    return new HostSessions(
        hostId,
        names,
        last,
        knownUntil,
        runFrom,
        shutdown,
        priorEnd,
        suspended,
        compared,
        sessions,
        users,
        sleep,
        recents,
        activity,
        List.copyOf(flooding),
        swept,
        counts);
  }
}
