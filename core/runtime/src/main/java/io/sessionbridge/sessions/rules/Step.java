package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Origin;
import io.sessionbridge.sessions.EventIds;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.sessions.state.Activity;
import io.sessionbridge.sessions.state.Activity.Tick;
import io.sessionbridge.sessions.state.HostNames;
import io.sessionbridge.sessions.state.KnownState;
import io.sessionbridge.sessions.state.NumberedTable;
import io.sessionbridge.sessions.state.Recents;
import io.sessionbridge.sessions.state.RunEnd;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.SleepClock;
import io.sessionbridge.sessions.state.UseCounts;
import io.sessionbridge.sessions.state.UserIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The working copy of one step: the changing state of a host and the resulting events. The rules
 * write to it. Used once, by one thread.
 */
public final class Step {

  /** The source name of the agent itself. */
  static final String AGENT = "bridge";

  public final TrackerSettings settings;
  public final String hostId;
  public HostNames names;
  public @Nullable Moment last;
  public @Nullable Moment knownUntil;
  public @Nullable Moment runFrom;
  public @Nullable Moment shutdown;
  public @Nullable RunEnd priorEnd;
  public @Nullable Moment suspended;
  public boolean compared;
  public NumberedTable<Session> sessions;
  public UserIndex users;
  public SleepClock sleep;
  public Recents recents;
  public Activity activity;
  public List<Long> flooding;
  public @Nullable Moment swept;
  public UseCounts counts;

  /** Whether a session came into use in this step. */
  public boolean cameIntoUse;

  /** The source of derived events. */
  public String sourceId = AGENT;

  public String sourceType = AGENT;
  public int correlated;
  public int ignored;
  public int flooded;

  private final EventIds ids;
  private final List<Observation> events = new ArrayList<>(2);

  public Step(KnownState before, TrackerSettings settings, EventIds ids) {
    this.settings = settings;
    this.ids = ids;
    this.hostId = before.hostId();
    this.names = before.names();
    this.last = before.last();
    this.knownUntil = before.knownUntil();
    this.runFrom = before.runFrom();
    this.shutdown = before.shutdown();
    this.priorEnd = before.priorEnd();
    this.suspended = before.suspended();
    this.compared = before.compared();
    this.sessions = before.sessions();
    this.users = before.users();
    this.sleep = before.sleep();
    this.recents = before.recents();
    this.activity = before.activity();
    this.flooding = before.flooding();
    this.swept = before.swept();
    this.counts = before.counts();
  }

  public KnownState state() {
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
        flooding,
        swept,
        counts);
  }

  /** The events written so far. */
  public List<Observation> events() {
    return events;
  }

  /** The id of the next event. */
  public String nextId(Optional<Origin> origin) {
    return origin.isPresent() ? origin.get().id() : ids.id(events.size());
  }

  public void write(Observation event) {
    events.add(event);
  }

  /** Writes a derived event. */
  void derive(Instant time, EventData.Builder data) {
    EventData whole = data.build();
    write(
        settings.live() ? Observation.live(time, whole) : Observation.recorded(time, whole, null));
  }

  /** A derived event with its host and source fields. */
  public EventData.Builder derived(Kind kind) {
    EventData.Builder data =
        EventData.builder(kind)
            .put(Field.HOST_ID, hostId)
            .put(Field.SOURCE_ID, sourceId)
            .put(Field.SOURCE_TYPE, sourceType);
    names.addTo(data);
    if (last != null) {
      last.bootId().ifPresent(boot -> data.put(Field.BOOT_ID, boot));
    }
    return data;
  }

  public void put(Session session) {
    Session before = sessions.get(session.id());
    counts = counts.changed(before, session);
    cameIntoUse |=
        session.use() == Session.Use.YES && (before == null || before.use() != Session.Use.YES);
    users = users.changed(before, session);
    sessions = sessions.with(session);
  }

  void addFlooding(long id) {
    List<Long> more = new ArrayList<>(flooding);
    more.add(id);
    flooding = List.copyOf(more);
  }

  public void remove(Session session) {
    counts = counts.changed(session, null);
    users = users.changed(session, null);
    sessions = sessions.without(session.id());
  }

  /** A snapshot of the sessions, for rules that change them while iterating. */
  public List<Session> allSessions() {
    List<Session> all = new ArrayList<>(sessions.size());
    sessions.forEach(all::add);
    return all;
  }

  /** How long the host has slept since it started, in milliseconds. */
  public long slept(Moment now) {
    return now.uptimeMillis().isPresent() ? sleep.asleepBy(now.uptimeMillis().getAsLong()) : 0;
  }

  /** A moment on the clock that stops while the host sleeps. */
  public Tick tick(Moment now) {
    return new Tick(now.time(), sleep.ticks(now));
  }
}
