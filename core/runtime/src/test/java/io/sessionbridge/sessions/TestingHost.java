package io.sessionbridge.sessions;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.HostCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** A host whose clock is set by hand, and the tracker's state of it. */
final class TestingHost {

  static final String ID = "host-1";
  static final String KIM = "S-1-5-21-1-2-3-1001";
  static final String LEE = "S-1-5-21-1-2-3-1002";

  private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");

  SessionTracker tracker;
  HostSessions state = HostSessions.empty(ID);

  /** All that was written, as it stands in the journal. */
  final List<Observation> order = new ArrayList<>();

  /** What was written of sessions, of the machine and of the agent. */
  final List<Observation> written = new ArrayList<>();

  /** What was written of the host's activity. */
  final List<Observation> activities = new ArrayList<>();

  private int ids;
  int correlated;
  int ignored;
  int flooded;
  private String boot = "boot-1";
  private Duration sinceMidnight = Duration.ZERO;
  private Duration bootedAt = Duration.ZERO;
  private Duration clockOff = Duration.ZERO;

  TestingHost() {
    this(TrackerSettings.ofLiveHost());
  }

  TestingHost(TrackerSettings settings) {
    tracker = new SessionTracker(settings);
  }

  /**
   * It is so late on the first day, for instance {@code 02:09:27}, or {@code 26:00:00} on the next.
   */
  TestingHost at(String time) {
    String[] parts = time.split("[:.]", -1);
    sinceMidnight =
        Duration.ofHours(Long.parseLong(parts[0]))
            .plusMinutes(Long.parseLong(parts[1]))
            .plusSeconds(Long.parseLong(parts[2]))
            .plusMillis(parts.length > 3 ? Long.parseLong(parts[3]) : 0);
    return this;
  }

  TestingHost pass(Duration time) {
    sinceMidnight = sinceMidnight.plus(time);
    return this;
  }

  /** The wall clock is put forward; the uptime goes on as it was. */
  TestingHost setClock(Duration forward) {
    clockOff = clockOff.plus(forward);
    return this;
  }

  void copyTimeOf(TestingHost other) {
    boot = other.boot;
    bootedAt = other.bootedAt;
    sinceMidnight = other.sinceMidnight;
    clockOff = other.clockOff;
  }

  TestingHost reboot(String bootId) {
    boot = bootId;
    bootedAt = sinceMidnight;
    return this;
  }

  Instant time() {
    return MIDNIGHT.plus(sinceMidnight).plus(clockOff);
  }

  static Instant time(String hours) {
    return new TestingHost().at(hours).time();
  }

  Moment now() {
    return new Moment(
        time(), OptionalLong.of(sinceMidnight.minus(bootedAt).toMillis()), Optional.of(boot));
  }

  /** The ids count what was written. */
  private String id(int index) {
    return "e-" + (ids + index);
  }

  List<Observation> take(TrackerStep step) {
    state = step.after();
    ids += step.events().size();
    order.addAll(step.events());
    for (Observation event : step.events()) {
      Kind kind = event.data().kind();
      boolean ofActivity = kind == Kind.HOST_IDLE || kind == Kind.HOST_ACTIVE;
      (ofActivity ? activities : written).add(event);
    }
    correlated += step.correlated();
    ignored += step.ignored();
    flooded += step.flooded();
    return step.events();
  }

  List<Observation> report(String source, String type, EventData.Builder data) {
    data.putIfAbsent(Field.HOST_ID, ID)
        .putIfAbsent(Field.HOST_NAME, "HOST7")
        .putIfAbsent(Field.SOURCE_ID, source)
        .putIfAbsent(Field.SOURCE_TYPE, type)
        .putIfAbsent(Field.BOOT_ID, boot)
        .putIfAbsent(Field.UPTIME_MS, now().uptimeMillis().getAsLong());
    return take(
        tracker.apply(
            state, new Report(source, type, Observation.live(time(), data.build())), this::id));
  }

  List<Observation> wts(Kind kind, long session) {
    return wts(kind, session, data -> data);
  }

  List<Observation> wts(Kind kind, long session, UnaryOperator<EventData.Builder> more) {
    return report("wts", "wts", more.apply(data(kind, session)));
  }

  List<Observation> scm(Kind kind, long session) {
    return scm(kind, session, data -> data);
  }

  List<Observation> scm(Kind kind, long session, UnaryOperator<EventData.Builder> more) {
    return report("scm", "scm", more.apply(data(kind, session)));
  }

  /** {@code ISensLogon}, which names no session. */
  List<Observation> sens(Kind kind, String user) {
    return report(
        "sens",
        "sens",
        EventData.builder(kind)
            .put(Field.RAW_CODE, 4L)
            .put(Field.USER_NAME, user)
            .put(Field.USER_DOMAIN, "CONTOSO"));
  }

  List<Observation> host(Kind kind) {
    return report("scm", "scm", EventData.builder(kind));
  }

  List<Observation> advance() {
    return take(tracker.advanceTo(state, now(), this::id));
  }

  List<Observation> note(HostCondition condition) {
    return take(tracker.note(state, condition, now(), this::id));
  }

  List<Observation> compare(ExistingSession... sessions) {
    return compare(List.of(), sessions);
  }

  List<Observation> compare(List<Evidence> evidence, ExistingSession... sessions) {
    return take(
        tracker.compare(
            state,
            new Findings(now(), "wts", "wts", "started", List.of(sessions), evidence),
            this::id));
  }

  static EventData.Builder data(Kind kind, long session) {
    return EventData.builder(kind).put(Field.SESSION_ID, session);
  }

  static EventData.Builder kim(EventData.Builder data) {
    return data.put(Field.USER_NAME, "kim")
        .put(Field.USER_DOMAIN, "CONTOSO")
        .put(Field.USER_SID, KIM);
  }

  static EventData.Builder lee(EventData.Builder data) {
    return data.put(Field.USER_NAME, "lee")
        .put(Field.USER_DOMAIN, "CONTOSO")
        .put(Field.USER_SID, LEE);
  }

  static ExistingSession existing(long session, UnaryOperator<EventData.Builder> more) {
    return ExistingSession.of(more.apply(data(Kind.SESSION_PRESENT, session)).build());
  }

  List<Kind> kinds() {
    return written.stream().map(event -> event.data().kind()).toList();
  }

  EventData last() {
    return written.get(written.size() - 1).data();
  }

  static ExistingSession kimsSession(boolean locked) {
    return existing(
        2,
        data ->
            kim(data)
                .put(Field.SESSION_STATE, "active")
                .put(Field.LOCKED, locked)
                .put(Field.LOGON_TIME, time("08:00:00")));
  }

  static EventData.Builder kimsLogon(EventData.Builder data) {
    return kim(data).put(Field.LOGON_TIME, time("08:00:00"));
  }
}
