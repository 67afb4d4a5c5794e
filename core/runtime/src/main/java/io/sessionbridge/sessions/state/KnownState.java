package io.sessionbridge.sessions.state;

import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;
import io.sessionbridge.sessions.state.Activity.Tick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The known state of a host at one moment. Immutable.
 *
 * @param last the last known moment
 * @param knownUntil up to when nothing was missed, until a comparison closes the gap; else null
 * @param runFrom when the agent last started
 * @param shutdown when the host announced its shutdown, since its last start
 * @param priorEnd the end of the previous boot, until its sessions have been ended
 * @param suspended when the host went to sleep; null while it is awake
 * @param compared whether these were ever compared with the existing sessions
 * @param recents recent events of the host, and of unknown sessions
 * @param flooding sessions with too many events, some of which are not written
 */
public record KnownState(
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

  /**
   * The version of the encoded form. A state of another version must be rebuilt from the journal.
   */
  private static final int VERSION = 1;

  /** A host about which nothing is known. */
  public static KnownState empty(String hostId) {
    return new KnownState(
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

  public void encode(StateWriter out) {
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
  }

  public static KnownState decode(StateReader in) throws StateFormatException {
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
    return new KnownState(
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
