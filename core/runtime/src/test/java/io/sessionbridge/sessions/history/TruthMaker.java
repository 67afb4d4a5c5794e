package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.history.ActivityTruth.Activity;
import io.sessionbridge.sessions.history.Obligation.Sort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Walks through the steps of an agent and says what it owes at each. */
final class TruthMaker {

  private static final List<Field<?>> IDENTIFYING =
      List.of(
          Field.SESSION_ID,
          Field.USER_NAME,
          Field.USER_DOMAIN,
          Field.USER_SID,
          Field.USER_UPN,
          Field.CLIENT_NAME,
          Field.CLIENT_ADDRESS);

  private final Course course;
  private final List<Step> reported;
  private final List<Step> steps = new ArrayList<>();
  private final List<Obligation> obligations = new ArrayList<>();
  private final List<Set<Activity>> activity = new ArrayList<>();
  private final Map<TrueSession, TrueSession> aliases = new HashMap<>();
  private final Map<TrueSession, Known> sessions = new LinkedHashMap<>();
  private final Set<TrueEvent> seen = new HashSet<>();
  private final Set<TrueEvent> nameless = new HashSet<>();
  private final Map<TrueEvent, Set<Field<?>>> identified = new HashMap<>();
  private final List<Tape.Sleep> sleeps = new ArrayList<>();
  private final ActivityTruth presence = new ActivityTruth();
  private final Remains remains = new Remains();
  private long asleepSince = -1;
  private long lastCompared;
  private long stoppedAt;
  private int shutdownStep = -1;

  TruthMaker(Course course, List<Step> reported) {
    this.course = course;
    this.reported = reported;
  }

  Truth make() {
    boolean up = false;
    for (Step step : reported) {
      if (up && asleepSince < 0) {
        tickUntil(step);
      }
      up = !(step instanceof Step.Stopped) && (up || step instanceof Step.Started);
      take(step);
    }
    obligations.sort(Comparator.comparingInt(Obligation::from)); // as the check opens them
    return new Truth(
        course, List.copyOf(steps), List.copyOf(obligations), List.copyOf(activity), aliases);
  }

  /** Time passes in perfect silence. */
  private void tickUntil(Step next) {
    Snapshot machine = steps.get(steps.size() - 1).machine();
    long last = steps.get(steps.size() - 1).at();
    long[] ticks =
        presence.deadlines().filter(at -> at > last && at < next.at()).sorted().toArray();
    for (long at : ticks) {
      take(new Step.Ticked(at, machine));
    }
  }

  private void take(Step step) {
    steps.add(step);
    if (step instanceof Step.Started) {
      presence.started(step.at());
    } else if (step instanceof Step.Stopped) {
      stoppedAt = step.at();
    } else if (step instanceof Step.Noted noted) {
      presence.noted(noted.present(), noted.film(), step.at());
    } else if (step instanceof Step.Reported received) {
      receive(received.report());
    } else if (step instanceof Step.Compared compared) {
      new ComparisonTruth(this, compared).conclude();
      lastCompared = compared.at();
    }
    long moment = asleepSince >= 0 ? asleepSince : step.at(); // no wait goes on in a sleep
    presence.sessions(sessions.values(), moment);
    activity.add(presence.at(moment));
  }

  // --- what the truths of single steps share

  int now() {
    return steps.size() - 1;
  }

  Course course() {
    return course;
  }

  Map<TrueSession, Known> sessions() {
    return sessions;
  }

  Map<TrueSession, TrueSession> aliases() {
    return aliases;
  }

  Remains remains() {
    return remains;
  }

  List<Tape.Sleep> sleeps() {
    return sleeps;
  }

  long lastCompared() {
    return lastCompared;
  }

  /** When the agent last ended. */
  long stoppedAt() {
    return stoppedAt;
  }

  /** The step at which the host said that it stops; negative if it never did. */
  int shutdownStep() {
    return shutdownStep;
  }

  boolean wasReported(TrueEvent trueEvent) {
    return seen.contains(trueEvent);
  }

  /** What is known of the session, from now on at the latest. */
  Known meet(TrueSession session) {
    seekAlias(session);
    return sessions.computeIfAbsent(session, Known::new);
  }

  /** It may be indistinguishable from a known one. */
  void seekAlias(TrueSession session) {
    if (!sessions.containsKey(session)) {
      sessions.values().stream()
          .filter(Known::isLikeAny)
          .map(Known::session)
          .filter(other -> other.id() == session.id() && other.boot() == session.boot())
          .reduce((first, second) -> second)
          .ifPresent(other -> aliases.put(session, other));
    }
  }

  /** An obligation of that kind for that session that is due now anyway. */
  Optional<Obligation> owed(TrueEvent past) {
    return past.session()
        .flatMap(
            session ->
                obligations.stream()
                    .filter(due -> due.required() && due.to() == now())
                    .filter(due -> due.session().equals(past.session()))
                    .filter(due -> due.kinds().contains(past.what().kind().orElseThrow()))
                    .findFirst());
  }

  void owe(Obligation obligation) {
    obligations.add(obligation);
  }

  // --- reports

  private void receive(SourceReport report) {
    TrueEvent trueEvent = report.of();
    if (trueEvent.what() == What.IMPOSSIBLE) {
      return;
    }
    if (!seen.add(trueEvent)) {
      receiveRepeated(report);
      return;
    }
    EventData data = report.data();
    Optional<Long> id = data.find(Field.SESSION_ID);
    Optional<TrueSession> session = id.flatMap(any -> trueEvent.session());
    Obligation due =
        new Obligation(now(), now(), true, Sort.REPORTED, kindsOf(report), id, session, trueEvent);
    owe(due);
    identified.put(trueEvent, identifying(data));
    if (trueEvent.what() == What.PSEUDO_LOGON) {
      due.ofAccountType(trueEvent.person().orElseThrow().type());
      if (session.isEmpty()) {
        due.withAnyKey();
      }
      session.ifPresent(known -> meet(known));
      return;
    }
    session.ifPresent(known -> receiveForSession(known, report, due));
    if (session.isEmpty() && trueEvent.session().isPresent()) {
      nameless.add(trueEvent);
    }
    receiveForHost(trueEvent.what(), report.at());
  }

  /**
   * SENS takes every session that is disconnected for a remote one; who knows better may say so.
   */
  private static Set<Kind> kindsOf(SourceReport report) {
    Set<Kind> kinds = new HashSet<>(Set.of(report.data().kind()));
    report.of().what().kind().ifPresent(kinds::add);
    return kinds;
  }

  private void receiveForSession(TrueSession session, SourceReport report, Obligation due) {
    Known known = meet(session);
    new Lengths(known, sleeps).addTo(due, report.of().what(), report.at());
    known.report(report.of().what(), report.data(), report.at());
    if (report.data().has(Field.USER_NAME)) {
      known.userIsTold();
    }
  }

  private void receiveForHost(What what, long at) {
    switch (what) {
      case SUSPEND -> asleepSince = at;
      case RESUME -> {
        if (asleepSince >= 0) {
          sleeps.add(new Tape.Sleep(asleepSince, at, true));
        }
        asleepSince = -1;
        presence.resumed(at);
      }
      case SHUTDOWN -> shutdownStep = now();
      default -> {}
    }
  }

  /** A later report is not written, unless it identifies what the first did not. */
  private void receiveRepeated(SourceReport report) {
    if (!report.data().has(Field.SESSION_ID) && report.source().equals(Sources.SENS)) {
      perhapsAnother(report);
    }
    Set<Field<?>> before = identified.get(report.of());
    Set<Field<?>> now = identifying(report.data());
    if (before.containsAll(now)) {
      return;
    }
    Optional<TrueSession> session = report.of().session();
    if (now.contains(Field.SESSION_ID) && nameless.remove(report.of())) {
      receiveNamed(report);
    }
    Known known = session.map(sessions::get).orElse(null);
    boolean names =
        known != null
            && !known.userTold()
            && report.of().what() == What.LOGON
            && now.contains(Field.USER_NAME);
    before.addAll(now);
    if (names) {
      known.userIsTold();
    }
    owe(
        new Obligation(
            now(),
            now(),
            names,
            Sort.COMPLETED,
            Set.of(Kind.SESSION_PRESENT),
            names ? session.map(TrueSession::id) : report.data().find(Field.SESSION_ID),
            session,
            report.of()));
  }

  /** A late report without a session id, after the opposite, may count as a new event. */
  private void perhapsAnother(SourceReport report) {
    TrueEvent past = report.of();
    boolean opposed =
        seen.stream()
            .filter(other -> other.at() > past.at() && other.session().equals(past.session()))
            .anyMatch(other -> other.what() == opposite(past.what()));
    if (opposed) {
      owe(
          new Obligation(
              now(),
              now(),
              false,
              Sort.REPORTED,
              kindsOf(report),
              Optional.empty(),
              Optional.empty(),
              past));
    }
  }

  private static What opposite(What what) {
    return what == What.LOCK ? What.UNLOCK : What.LOCK;
  }

  /**
   * The first report did not say of which session, so it changed none. This one does; a life that
   * begins must be written for its session, and a report of one that ends is completed.
   */
  private void receiveNamed(SourceReport report) {
    What what = report.of().what();
    Set<Kind> kinds = what == What.LOGOFF ? kinds() : kindsOf(report);
    if (what != What.LOGON) {
      kinds.add(Kind.SESSION_PRESENT);
    }
    Obligation due =
        new Obligation(
            now(),
            now(),
            true,
            what == What.LOGOFF ? Sort.COMPLETED : Sort.HEARD_OR_COMPLETED,
            kinds,
            report.data().find(Field.SESSION_ID),
            report.of().session(),
            report.of());
    receiveForSession(report.of().session().orElseThrow(), report, due);
    owe(due);
  }

  private static Set<Field<?>> identifying(EventData data) {
    Set<Field<?>> known = new HashSet<>();
    IDENTIFYING.stream().filter(data::has).forEach(known::add);
    return known;
  }

  /** Forgets its sleep: it stopped, and the unreported is unknown. */
  void awake() {
    asleepSince = -1;
  }

  long asleepSince() {
    return asleepSince;
  }

  static Set<Kind> kinds(Kind... kinds) {
    return new HashSet<>(Arrays.asList(kinds));
  }

  /** The sessions that are known and have not ended. */
  List<Known> open() {
    return sessions.values().stream().filter(known -> !known.over()).toList();
  }

  Optional<Known> find(TrueSession session) {
    return Optional.ofNullable(sessions.get(Objects.requireNonNull(session)));
  }
}
