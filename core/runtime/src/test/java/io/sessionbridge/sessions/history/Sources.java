package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.history.View.Attachment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The sources of the course's agent, with their habits: SENS is slow, has no session id for locks
 * and screen savers, and takes every session that is disconnected for a remote one; windows and
 * services get the same report at different moments; the end of a session may not be reported at
 * all.
 */
final class Sources {

  static final String WTS = "wts";
  static final String SCM = "scm";
  static final String SENS = "sens";

  /** For so long a report of SENS without a session id may mean an earlier event of its kind. */
  static final long SENS_IS_LATE = 185_000;

  /** Two events of one kind within this time are a burst, in which no report is omitted. */
  private static final long BURST = 8_000;

  private final Course course;
  private final boolean shuffled;
  private final List<SourceReport> reports = new ArrayList<>();
  private long lastOfWts;
  private long lastOfScm;
  private long lastOfSens;
  private long lastOfSens2;

  Sources(Course course, boolean shuffled) {
    this.course = course;
    this.shuffled = shuffled;
  }

  List<SourceReport> reports() {
    return reports;
  }

  void emit(TrueEvent trueEvent) {
    Random random = Course.random(course.seed(), 10_000_000L + trueEvent.index());
    List<SourceReport> made = new ArrayList<>();
    What what = trueEvent.what();
    switch (what) {
      case SUSPEND, RESUME -> {
        byWindows(trueEvent, EventData.builder(what.kind().get()), random, made);
      }
      case SHUTDOWN -> byService(trueEvent, EventData.builder(Kind.HOST_SHUTDOWN), random, made);
      case CLOCK_STEP -> byService(trueEvent, clockChange(trueEvent), random, made);
      case IMPOSSIBLE -> byWindows(trueEvent, impossible(random), random, made);
      case PSEUDO_LOGON, RUN_AS -> byName(trueEvent, random, made);
      case SHELL, SAVER_START, SAVER_STOP -> bySens(trueEvent, false, random, made);
      case TERMINATE -> {
        if (random.nextInt(100) < course.profile().terminatesReported()) {
          ofSession(trueEvent, random, made);
        }
      }
      default -> {
        ofSession(trueEvent, random, made);
        bySens(trueEvent, true, random, made);
      }
    }
    boolean clear = !isClose(trueEvent) && !isLike(trueEvent, SENS_IS_LATE);
    boolean moves = shuffled && clear && isOfOneMoment(made);
    reports.addAll(moves ? shuffle(made, random) : made);
  }

  /** Whether all say the same of the same session at about the same time. */
  private static boolean isOfOneMoment(List<SourceReport> made) {
    return made.stream().map(report -> report.data().kind()).distinct().count() == 1
        && made.stream().allMatch(report -> report.data().has(Field.SESSION_ID))
        && made.stream().allMatch(report -> report.at() - report.of().at() < 4_500);
  }

  /** Keeps the moments; which source reports at which is random. */
  private static List<SourceReport> shuffle(List<SourceReport> made, Random random) {
    List<SourceReport> sorted = new ArrayList<>(made);
    sorted.sort(Comparator.comparingLong(SourceReport::at));
    List<Long> moments = sorted.stream().map(SourceReport::at).toList();
    Collections.shuffle(sorted, random);
    List<SourceReport> moved = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      SourceReport report = sorted.get(i);
      moved.add(new SourceReport(report.of(), report.source(), moments.get(i), report.data()));
    }
    return moved;
  }

  private static EventData.Builder clockChange(TrueEvent trueEvent) {
    EventData.Builder data = EventData.builder(Kind.CLOCK_CHANGE);
    return data.put(Field.NEW_TIME, trueEvent.after().wall(trueEvent.at()));
  }

  private static EventData.Builder impossible(Random random) {
    return EventData.builder(Kind.LOCK)
        .put(Field.RAW_CODE, 7L)
        .put(Field.SESSION_ID, random.nextBoolean() ? -1L : 4_294_967_295L);
  }

  private void byWindows(
      TrueEvent trueEvent, EventData.Builder data, Random random, List<SourceReport> made) {
    if (course.profile().receives(WTS)) {
      add(trueEvent, WTS, wtsMoment(trueEvent, random), data, made);
    }
    byService(trueEvent, data, random, made);
  }

  private void byService(
      TrueEvent trueEvent, EventData.Builder data, Random random, List<SourceReport> made) {
    if (course.profile().receives(SCM)) {
      add(trueEvent, SCM, scmMoment(trueEvent, random), data, made);
    }
  }

  /** By session id, at windows and services; one of them may miss it. */
  private void ofSession(TrueEvent trueEvent, Random random, List<SourceReport> made) {
    boolean wts = course.profile().receives(WTS);
    boolean scm = course.profile().receives(SCM);
    boolean ofLife = trueEvent.what() == What.LOGON || trueEvent.what() == What.LOGOFF;
    boolean omits = wts && scm && !ofLife && !isClose(trueEvent);
    int omitted = omits ? random.nextInt(24) : 24;
    if (wts && omitted != 0) {
      add(
          trueEvent,
          WTS,
          wtsMoment(trueEvent, random),
          changed(trueEvent, !scm || omitted == 1, made),
          made);
    }
    if (scm && omitted != 1) {
      add(trueEvent, SCM, scmMoment(trueEvent, random), changed(trueEvent, true, made), made);
    }
  }

  /** If many events happen at once, a source that misses one could not show their order. */
  private boolean isClose(TrueEvent trueEvent) {
    return inBurst(trueEvent)
        || course.trueEvents().stream()
            .anyMatch(
                other ->
                    other.index() != trueEvent.index()
                        && other.what().code() != 0
                        && Math.abs(other.at() - trueEvent.at()) < 2_000);
  }

  private boolean inBurst(TrueEvent trueEvent) {
    return isLike(trueEvent, BURST);
  }

  /** Whether the same happens to the session within so long. */
  private boolean isLike(TrueEvent trueEvent, long within) {
    return course.trueEvents().stream()
        .anyMatch(
            other ->
                other.index() != trueEvent.index()
                    && other.what() == trueEvent.what()
                    && other
                        .session()
                        .map(TrueSession::id)
                        .equals(trueEvent.session().map(TrueSession::id))
                    && Math.abs(other.at() - trueEvent.at()) < within);
  }

  /**
   * A report by session id; a query right after a logon may return no user yet.
   *
   * @param last whether no other source will report it by session id
   */
  private EventData.Builder changed(TrueEvent trueEvent, boolean last, List<SourceReport> made) {
    TrueSession session = trueEvent.session().orElseThrow();
    EventData.Builder data =
        EventData.builder(trueEvent.what().kind().orElseThrow())
            .put(Field.RAW_CODE, (long) trueEvent.what().code())
            .put(Field.SESSION_ID, session.id());
    Random facts = Course.random(course.seed(), 30_000_000L + 2L * trueEvent.index() + made.size());
    boolean logon = trueEvent.what() == What.LOGON;
    boolean needed =
        logon && last && made.stream().noneMatch(other -> other.data().has(Field.USER_NAME));
    if (needed || facts.nextInt(logon ? 2 : 7) > 0) {
      describe(trueEvent, session, facts, data);
    }
    return data;
  }

  /** Windows forgets a session at once, the directory remembers who it was. */
  private static void describe(
      TrueEvent trueEvent, TrueSession session, Random random, EventData.Builder data) {
    Directory directory = new Directory(random);
    trueEvent
        .after()
        .find(session)
        .ifPresentOrElse(
            view -> directory.describe(view, data),
            () -> {
              if (session.user() != null) {
                directory.describeUser(session, data);
              }
            });
  }

  /** Only SENS reports it, with the name of a user who has no session under that name. */
  private void byName(TrueEvent trueEvent, Random random, List<SourceReport> made) {
    if (!course.profile().receives(SENS)) {
      return;
    }
    Person who = trueEvent.person().orElseThrow();
    EventData.Builder data =
        EventData.builder(Kind.LOGON)
            .put(Field.USER_NAME, who.name())
            .put(Field.USER_DOMAIN, who.domain());
    if (trueEvent.what() == What.RUN_AS) {
      data.put(Field.RAW_CODE, 1L).put(Field.AMBIGUOUS, true);
    } else {
      data.put(Field.RAW_CODE, 21L)
          .put(Field.SESSION_ID, trueEvent.session().map(TrueSession::id).orElse(0L));
      data.put(Field.USER_SID, random.nextBoolean() ? who.sid() : null);
    }
    add(trueEvent, SENS, trueEvent.at() + random.nextInt(1_000), data, made);
  }

  /**
   * The SENS report of a user's session.
   *
   * @param late whether others report it too, so that it may be missing or very late
   */
  private void bySens(TrueEvent trueEvent, boolean late, Random random, List<SourceReport> made) {
    TrueSession session = trueEvent.session().orElseThrow();
    boolean users =
        trueEvent
            .after()
            .find(session)
            .map(view -> view.stage() != View.Stage.LOGON_SCREEN)
            .orElse(session.user() != null);
    boolean burst = inBurst(trueEvent);
    if (!course.profile().receives(SENS) || !users || (late && !burst && random.nextInt(7) == 0)) {
      return;
    }
    long least = isClose(trueEvent) || isLike(trueEvent, SENS_IS_LATE) ? 1_000 : 50;
    sens1(trueEvent, session, late, least, random, made);
    sens2(trueEvent, session, least, random, made);
  }

  private void sens1(
      TrueEvent trueEvent,
      TrueSession session,
      boolean late,
      long least,
      Random random,
      List<SourceReport> made) {
    int code =
        switch (trueEvent.what()) {
          case LOGON -> 1;
          case LOGOFF -> 2;
          case SHELL -> 3;
          case LOCK -> 4;
          case UNLOCK -> 5;
          case SAVER_START -> 6;
          case SAVER_STOP -> 7;
          default -> 0;
        };
    if (code == 0) {
      return;
    }
    EventData.Builder data = sensData(trueEvent, session, code);
    Optional<View> resolved =
        trueEvent.after().onlyOneOf(session.user()).filter(view -> view.session() == session);
    resolved.ifPresentOrElse(
        view -> data.put(Field.SESSION_ID, view.session().id()),
        () -> data.put(Field.AMBIGUOUS, true));
    boolean veryLate = late && resolved.isEmpty() && least < 1_000 && random.nextInt(4) == 0;
    if (veryLate) {
      add(trueEvent, SENS, trueEvent.at() + 6_000 + random.nextInt(140_000), data, made);
      return;
    }
    lastOfSens =
        Math.max(
            lastOfSens + 1,
            trueEvent.at() + (late ? least : 50) + random.nextInt(late ? 3_000 : 900));
    add(trueEvent, SENS, lastOfSens, data, made);
  }

  private void sens2(
      TrueEvent trueEvent,
      TrueSession session,
      long least,
      Random random,
      List<SourceReport> made) {
    int code =
        switch (trueEvent.what()) {
          case LOGON -> 21;
          case LOGOFF -> 22;
          case REMOTE_DISCONNECT, CONSOLE_DISCONNECT -> 23;
          case REMOTE_CONNECT, CONSOLE_CONNECT -> 24;
          case SHELL -> 25;
          default -> 0;
        };
    if (code == 0) {
      return;
    }
    EventData.Builder data = sensData(trueEvent, session, code);
    data.put(Field.SESSION_ID, session.id());
    lastOfSens2 =
        Math.max(lastOfSens2 + 1, trueEvent.at() + Math.max(least, 1_000) + random.nextInt(2_000));
    add(trueEvent, SENS, lastOfSens2, data, made);
  }

  private static EventData.Builder sensData(TrueEvent trueEvent, TrueSession session, long code) {
    Kind kind = trueEvent.what().kind().orElseThrow();
    boolean atConsole =
        trueEvent
            .after()
            .find(session)
            .map(view -> view.attachment() == Attachment.CONSOLE)
            .orElse(false);
    if (code == 23) {
      kind = Kind.REMOTE_DISCONNECT;
    } else if (code == 24) {
      kind = atConsole ? Kind.CONSOLE_CONNECT : Kind.REMOTE_CONNECT;
    }
    return EventData.builder(kind)
        .put(Field.RAW_CODE, code)
        .put(Field.USER_NAME, session.user().name())
        .put(Field.USER_DOMAIN, session.user().domain());
  }

  private long wtsMoment(TrueEvent trueEvent, Random random) {
    lastOfWts = Math.max(lastOfWts + 1, trueEvent.at() + random.nextInt(300));
    return lastOfWts;
  }

  private long scmMoment(TrueEvent trueEvent, Random random) {
    lastOfScm = Math.max(lastOfScm + 1, trueEvent.at() + random.nextInt(900));
    return lastOfScm;
  }

  private static void add(
      TrueEvent trueEvent,
      String source,
      long at,
      EventData.Builder data,
      List<SourceReport> made) {
    made.add(new SourceReport(trueEvent, source, at, data.build()));
  }
}
