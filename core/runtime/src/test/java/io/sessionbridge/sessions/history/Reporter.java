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
 * Says what each source would have told of a course, with its habits: SENS is slow, has no session
 * id for locks and screen savers, and takes every session that is disconnected for a remote one;
 * windows and services are told the same at different moments; the end of a session may not be told
 * at all. What a source tells while no agent hears is lost.
 */
final class Reporter {

  static final String WTS = "wts";
  static final String SCM = "scm";
  static final String SENS = "sens";

  /** Within so long, two happenings of one kind are a burst, in which no report is left out. */
  private static final long BURST = 8_000;

  /** What SENS tells within so long may mean the last one of its kind. */
  private static final long SENS_IS_LATE = 185_000;

  private static final long LOOKS_AFTER_RESUME = 4_000;

  private final Course course;
  private final Sources sources;
  private final List<Step> steps = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private final List<Run> sleeps = new ArrayList<>();
  private long heardSince = -1;
  private long lastCompared;

  /** For so long after a suspend is told the machine still runs. */
  private static final long AWAKE = 1_000;

  /** A time in which one agent heard, or in which the machine slept. */
  private record Run(long from, long to) {}

  private Reporter(Course course, boolean shuffled) {
    this.course = course;
    this.sources = new Sources(course, shuffled);
  }

  /** The steps of the course's agent, in their order. */
  static List<Step> steps(Course course) {
    return new Reporter(course, false).report();
  }

  /**
   * The same with the same moments, but of each happening other sources come first. All of them are
   * asked to know the same.
   */
  static List<Step> shuffledSteps(Course course) {
    return new Reporter(course, true).report();
  }

  private List<Step> report() {
    for (Happening happening : course.happenings()) {
      report(happening);
    }
    ifHeard(() -> runs.add(new Run(heardSince, Long.MAX_VALUE)));
    List<Step> all = new ArrayList<>(steps);
    all.addAll(heard());
    all.sort(Comparator.comparingLong(Step::at));
    return all;
  }

  private List<Step> heard() {
    return sources.reports().stream()
        .filter(report -> hears(report.of().at(), report.at()))
        .map(report -> (Step) new Step.Heard(report.at(), machineAt(report.at()), report))
        .toList();
  }

  /** Whether one agent ran all the while. */
  private boolean hears(long from, long to) {
    return runs.stream().anyMatch(run -> run.from() <= from && to < run.to())
        && sleeps.stream().noneMatch(sleep -> from < sleep.from() && sleep.from() + AWAKE < to);
  }

  private Snapshot machineAt(long at) {
    List<Happening> happenings = course.happenings();
    int low = 0;
    int high = happenings.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (happenings.get(middle).at() <= at) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return happenings.get(low).after();
  }

  private void report(Happening happening) {
    long at = happening.at();
    Snapshot machine = happening.after();
    switch (happening.what()) {
      case AGENT_START -> {
        heardSince = at;
        steps.add(new Step.Started(at, machine));
        steps.add(compared(happening, at + 1, "started"));
        steps.add(
            new Step.Noted(
                at + 2, machine, Optional.of(machine.present()), Optional.of(machine.film())));
      }
      case AGENT_STOP, AGENT_KILL -> {
        stopped(at);
        steps.add(new Step.Stopped(at, machine, happening.what() == What.AGENT_KILL));
      }
      case POWER_OFF -> {
        if (heardSince >= 0) {
          stopped(at);
          steps.add(new Step.Stopped(at, machine, true));
        }
      }
      case SUSPEND -> sleeps.add(new Run(at, Long.MAX_VALUE));
      case COMPARE -> ifHeard(() -> steps.add(compared(happening, at, "periodic")));
      case RESUME ->
          ifHeard(() -> steps.add(compared(happening, at + LOOKS_AFTER_RESUME, "resumed")));
      case PRESENT, ABSENT ->
          ifHeard(
              () ->
                  steps.add(
                      new Step.Noted(
                          at, machine, Optional.of(machine.present()), Optional.empty())));
      case FILM_START, FILM_END ->
          ifHeard(
              () ->
                  steps.add(
                      new Step.Noted(at, machine, Optional.empty(), Optional.of(machine.film()))));
      default -> {}
    }
    if (happening.what().kind().isPresent()) {
      sources.tell(happening);
    }
  }

  private void stopped(long at) {
    runs.add(new Run(heardSince, at));
    heardSince = -1;
  }

  private void ifHeard(Runnable then) {
    if (heardSince >= 0) {
      then.run();
    }
  }

  /** What was looked up last time is looked up no more. */
  private Step compared(Happening happening, long at, String reason) {
    Snapshot machine = machineAt(at);
    List<LogRecord> log =
        course.happenings().stream()
            .filter(past -> course.profile().logReadable() && LogRecord.tells(past))
            .filter(past -> past.at() > lastCompared && past.at() <= at)
            .map(LogRecord::new)
            .toList();
    lastCompared = at;
    Directory directory =
        new Directory(Course.random(course.seed(), 20_000_000L + happening.index()));
    return new Step.Compared(at, machine, reason, directory.all(machine), log);
  }

  /** The sources of the course's agent. */
  private static final class Sources {

    private final Course course;
    private final boolean shuffled;
    private final List<Told> reports = new ArrayList<>();
    private long lastOfWts;
    private long lastOfScm;
    private long lastOfSens;
    private long lastOfSens2;

    Sources(Course course, boolean shuffled) {
      this.course = course;
      this.shuffled = shuffled;
    }

    List<Told> reports() {
      return reports;
    }

    void tell(Happening happening) {
      Random random = Course.random(course.seed(), 10_000_000L + happening.index());
      List<Told> told = new ArrayList<>();
      What what = happening.what();
      switch (what) {
        case SUSPEND, RESUME -> {
          byWindows(happening, EventData.builder(what.kind().get()), random, told);
        }
        case SHUTDOWN -> byService(happening, EventData.builder(Kind.HOST_SHUTDOWN), random, told);
        case CLOCK_STEP -> byService(happening, clockChange(happening), random, told);
        case IMPOSSIBLE -> byWindows(happening, impossible(random), random, told);
        case PSEUDO_LOGON, RUN_AS -> byName(happening, random, told);
        case SHELL, SAVER_START, SAVER_STOP -> bySens(happening, false, random, told);
        case TERMINATE -> {
          if (random.nextInt(100) < course.profile().terminatesTold()) {
            ofSession(happening, random, told);
          }
        }
        default -> {
          ofSession(happening, random, told);
          bySens(happening, true, random, told);
        }
      }
      boolean clear = !isClose(happening) && !isLike(happening, SENS_IS_LATE);
      boolean moves = shuffled && clear && isOfOneMoment(told);
      reports.addAll(moves ? shuffle(told, random) : told);
    }

    /** Whether all say the same of the same session at about the same time. */
    private static boolean isOfOneMoment(List<Told> told) {
      return told.stream().map(report -> report.data().kind()).distinct().count() == 1
          && told.stream().allMatch(report -> report.data().has(Field.SESSION_ID))
          && told.stream().allMatch(report -> report.at() - report.of().at() < 4_500);
    }

    /** The moments stay where they are; who tells at which is drawn. */
    private static List<Told> shuffle(List<Told> told, Random random) {
      List<Told> sorted = new ArrayList<>(told);
      sorted.sort(Comparator.comparingLong(Told::at));
      List<Long> moments = sorted.stream().map(Told::at).toList();
      Collections.shuffle(sorted, random);
      List<Told> moved = new ArrayList<>();
      for (int i = 0; i < sorted.size(); i++) {
        Told report = sorted.get(i);
        moved.add(new Told(report.of(), report.source(), moments.get(i), report.data()));
      }
      return moved;
    }

    private static EventData.Builder clockChange(Happening happening) {
      EventData.Builder data = EventData.builder(Kind.CLOCK_CHANGE);
      return data.put(Field.NEW_TIME, happening.after().wall(happening.at()));
    }

    private static EventData.Builder impossible(Random random) {
      return EventData.builder(Kind.LOCK)
          .put(Field.RAW_CODE, 7L)
          .put(Field.SESSION_ID, random.nextBoolean() ? -1L : 4_294_967_295L);
    }

    private void byWindows(
        Happening happening, EventData.Builder data, Random random, List<Told> told) {
      if (course.profile().hears(WTS)) {
        add(happening, WTS, wtsMoment(happening, random), data, told);
      }
      byService(happening, data, random, told);
    }

    private void byService(
        Happening happening, EventData.Builder data, Random random, List<Told> told) {
      if (course.profile().hears(SCM)) {
        add(happening, SCM, scmMoment(happening, random), data, told);
      }
    }

    /** By session id, at windows and services; one of them may miss it. */
    private void ofSession(Happening happening, Random random, List<Told> told) {
      boolean wts = course.profile().hears(WTS);
      boolean scm = course.profile().hears(SCM);
      boolean ofLife = happening.what() == What.LOGON || happening.what() == What.LOGOFF;
      boolean omits = wts && scm && !ofLife && !isClose(happening);
      int omitted = omits ? random.nextInt(24) : 24;
      if (wts && omitted != 0) {
        add(
            happening,
            WTS,
            wtsMoment(happening, random),
            changed(happening, !scm || omitted == 1, told),
            told);
      }
      if (scm && omitted != 1) {
        add(happening, SCM, scmMoment(happening, random), changed(happening, true, told), told);
      }
    }

    /** Where much happens at once, who misses one of it could not tell what came first. */
    private boolean isClose(Happening happening) {
      return inBurst(happening)
          || course.happenings().stream()
              .anyMatch(
                  other ->
                      other.index() != happening.index()
                          && other.what().code() != 0
                          && Math.abs(other.at() - happening.at()) < 2_000);
    }

    private boolean inBurst(Happening happening) {
      return isLike(happening, BURST);
    }

    /** Whether the same happens to the session within so long. */
    private boolean isLike(Happening happening, long within) {
      return course.happenings().stream()
          .anyMatch(
              other ->
                  other.index() != happening.index()
                      && other.what() == happening.what()
                      && other
                          .session()
                          .map(TrueSession::id)
                          .equals(happening.session().map(TrueSession::id))
                      && Math.abs(other.at() - happening.at()) < within);
    }

    /**
     * What is told by session id; who asks at once about a logon may hear no user yet.
     *
     * @param last whether no other source will tell it by session id
     */
    private EventData.Builder changed(Happening happening, boolean last, List<Told> told) {
      TrueSession session = happening.session().orElseThrow();
      EventData.Builder data =
          EventData.builder(happening.what().kind().orElseThrow())
              .put(Field.RAW_CODE, (long) happening.what().code())
              .put(Field.SESSION_ID, session.id());
      Random facts =
          Course.random(course.seed(), 30_000_000L + 2L * happening.index() + told.size());
      boolean logon = happening.what() == What.LOGON;
      boolean needed =
          logon && last && told.stream().noneMatch(other -> other.data().has(Field.USER_NAME));
      if (needed || facts.nextInt(logon ? 2 : 7) > 0) {
        describe(happening, session, facts, data);
      }
      return data;
    }

    /** Windows forgets a session at once, the directory remembers who it was. */
    private static void describe(
        Happening happening, TrueSession session, Random random, EventData.Builder data) {
      Directory directory = new Directory(random);
      happening
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

    /** Only SENS tells it, by the name of a user who has no session of that name. */
    private void byName(Happening happening, Random random, List<Told> told) {
      if (!course.profile().hears(SENS)) {
        return;
      }
      Person who = happening.person().orElseThrow();
      EventData.Builder data =
          EventData.builder(Kind.LOGON)
              .put(Field.USER_NAME, who.name())
              .put(Field.USER_DOMAIN, who.domain());
      if (happening.what() == What.RUN_AS) {
        data.put(Field.RAW_CODE, 1L).put(Field.AMBIGUOUS, true);
      } else {
        data.put(Field.RAW_CODE, 21L)
            .put(Field.SESSION_ID, happening.session().map(TrueSession::id).orElse(0L));
        data.put(Field.USER_SID, random.nextBoolean() ? who.sid() : null);
      }
      add(happening, SENS, happening.at() + random.nextInt(1_000), data, told);
    }

    /**
     * What SENS tells of a user's session.
     *
     * @param late whether others tell it too, so that it may be missing or very late
     */
    private void bySens(Happening happening, boolean late, Random random, List<Told> told) {
      TrueSession session = happening.session().orElseThrow();
      boolean users =
          happening
              .after()
              .find(session)
              .map(view -> view.stage() != View.Stage.LOGON_SCREEN)
              .orElse(session.user() != null);
      boolean burst = inBurst(happening);
      if (!course.profile().hears(SENS) || !users || (late && !burst && random.nextInt(7) == 0)) {
        return;
      }
      long least = isClose(happening) || isLike(happening, SENS_IS_LATE) ? 1_000 : 50;
      sens1(happening, session, late, least, random, told);
      sens2(happening, session, least, random, told);
    }

    private void sens1(
        Happening happening,
        TrueSession session,
        boolean late,
        long least,
        Random random,
        List<Told> told) {
      int code =
          switch (happening.what()) {
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
      EventData.Builder data = sensData(happening, session, code);
      Optional<View> resolved =
          happening.after().onlyOneOf(session.user()).filter(view -> view.session() == session);
      resolved.ifPresentOrElse(
          view -> data.put(Field.SESSION_ID, view.session().id()),
          () -> data.put(Field.AMBIGUOUS, true));
      boolean veryLate = late && resolved.isEmpty() && least < 1_000 && random.nextInt(4) == 0;
      if (veryLate) {
        add(happening, SENS, happening.at() + 6_000 + random.nextInt(140_000), data, told);
        return;
      }
      lastOfSens =
          Math.max(
              lastOfSens + 1,
              happening.at() + (late ? least : 50) + random.nextInt(late ? 3_000 : 900));
      add(happening, SENS, lastOfSens, data, told);
    }

    private void sens2(
        Happening happening, TrueSession session, long least, Random random, List<Told> told) {
      int code =
          switch (happening.what()) {
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
      EventData.Builder data = sensData(happening, session, code);
      data.put(Field.SESSION_ID, session.id());
      lastOfSens2 =
          Math.max(
              lastOfSens2 + 1, happening.at() + Math.max(least, 1_000) + random.nextInt(2_000));
      add(happening, SENS, lastOfSens2, data, told);
    }

    private static EventData.Builder sensData(Happening happening, TrueSession session, long code) {
      Kind kind = happening.what().kind().orElseThrow();
      boolean atConsole =
          happening
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

    private long wtsMoment(Happening happening, Random random) {
      lastOfWts = Math.max(lastOfWts + 1, happening.at() + random.nextInt(300));
      return lastOfWts;
    }

    private long scmMoment(Happening happening, Random random) {
      lastOfScm = Math.max(lastOfScm + 1, happening.at() + random.nextInt(900));
      return lastOfScm;
    }

    private static void add(
        Happening happening, String source, long at, EventData.Builder data, List<Told> told) {
      told.add(new Told(happening, source, at, data.build()));
    }
  }
}
