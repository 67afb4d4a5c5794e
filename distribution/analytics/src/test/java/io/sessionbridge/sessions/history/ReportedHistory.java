package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.sessions.history.ActivityTruth.Activity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tracker writes of a history whose agent heard all of it at once, and what truly happened:
 * the second comes from the course and from the moments at which sources reported it, never from
 * the tracker.
 */
public final class ReportedHistory {

  /** With these, what is reported differs from what happened, and another test is about that. */
  private static final Set<What> UNREPORTED =
      EnumSet.of(What.AGENT_KILL, What.AGENT_STOP, What.POWER_OFF, What.CLOCK_STEP);

  /** Until then everything that a sleep leaves open is reported. */
  private static final long AFTER_SLEEP = 10_000;

  /** A stretch of a life. Its end is null while it lasts. */
  public record Stretch(String state, Instant begin, @Nullable Instant end) {}

  /** A moment in which it is sure whether the machine was awake and free. */
  public record Sure(Instant at, boolean idle) {}

  /** A thing that a user does. */
  public record Act(String kind, Instant at) {}

  /** A user's time in a session; its end is null while it lasts. */
  public static final class Life {
    private final String user;
    private final Instant begin;
    private final List<Stretch> stretches = new ArrayList<>();
    private final List<Act> acts = new ArrayList<>();
    private @Nullable Instant end;

    private Life(String user, Instant begin) {
      this.user = user;
      this.begin = begin;
    }

    /** The user's SID. */
    public String user() {
      return user;
    }

    public Instant begin() {
      return begin;
    }

    public @Nullable Instant end() {
      return end;
    }

    public List<Stretch> stretches() {
      return stretches;
    }

    public List<Act> acts() {
      return acts;
    }
  }

  private final long seed;
  private final List<String> lines = new ArrayList<>();
  private final List<Life> lives = new ArrayList<>();
  private final List<Sure> sureMoments = new ArrayList<>();
  private Instant first = Instant.MAX;
  private Instant last = Instant.MIN;

  private ReportedHistory(long seed) {
    this.seed = seed;
  }

  /** The history of a seed; empty if its sources report too little or too late. */
  public static Optional<ReportedHistory> of(long seed) {
    Profile profile = Profile.of(seed);
    if (profile.receives(Sources.SENS) || profile.terminatesReported() < 100) {
      return Optional.empty();
    }
    ReportedHistory history = new ReportedHistory(seed);
    Course course = reportedCourse(seed);
    Truth truth = Truth.of(course);
    history.write(truth);
    history.judge(truth);
    history.record(course);
    return Optional.of(history);
  }

  private static Course reportedCourse(long seed) {
    BitSet kept = new BitSet();
    kept.set(0, Profile.of(seed).scenes());
    while (true) {
      Course course = Course.of(seed, kept);
      int before = kept.cardinality();
      course.trueEvents().stream()
          .filter(event -> UNREPORTED.contains(event.what()))
          .forEach(event -> kept.clear(event.scene()));
      if (kept.cardinality() == before) {
        return course;
      }
    }
  }

  public String host() {
    return "HOST-" + seed;
  }

  /** Lines of the format {@code json}. */
  public List<String> lines() {
    return lines;
  }

  public List<Life> lives() {
    return lives;
  }

  /** Moments of which the truth leaves nothing open, in their order. */
  public List<Sure> sureMoments() {
    return sureMoments;
  }

  /** When its host first reported. */
  public Instant first() {
    return first;
  }

  /** When its host last reported. */
  public Instant last() {
    return last;
  }

  private void write(Truth truth) {
    int sequence = 0;
    for (Written event : HistoryRun.write(truth).stream().flatMap(List::stream).toList()) {
      byte[] data =
          EventJson.write(
              event.data().toBuilder()
                  .put(Field.HOST_ID, "host-" + seed)
                  .put(Field.HOST_NAME, host())
                  .build());
      lines.add(
          String.format(
              "{\"id\":\"%d-%s\",\"time\":\"%s\",\"recordedtime\":\"%s\",\"sequence\":\"%020d\",%s",
              seed,
              event.id(),
              Rfc3339.format(event.time()),
              Rfc3339.format(event.time()),
              ++sequence,
              new String(data, 1, data.length - 1, StandardCharsets.UTF_8)));
      first = event.time().isBefore(first) ? event.time() : first;
      last = event.time().isAfter(last) ? event.time() : last;
    }
  }

  /** In the middle between two steps, when nothing is on its way; never around a sleep. */
  private void judge(Truth truth) {
    List<Step> steps = truth.steps();
    for (int i = 0; i + 1 < steps.size(); i++) {
      long from = steps.get(i).at();
      long to = steps.get(i + 1).at();
      Set<Activity> activity = truth.activity().get(i);
      boolean idle = activity.equals(EnumSet.of(Activity.IDLE));
      boolean open = !idle && activity.contains(Activity.IDLE);
      if (to - from >= 2 && !open && isAwake(truth.course(), from, to)) {
        Instant at = steps.get(i).machine().wall(from).plusMillis((to - from) / 2);
        sureMoments.add(new Sure(at, idle));
      }
    }
  }

  private static boolean isAwake(Course course, long from, long to) {
    boolean awake = true;
    for (TrueEvent event : course.trueEvents()) {
      if (event.at() > to) {
        return awake;
      }
      if (event.what() == What.SUSPEND) {
        awake = false;
      } else if (event.what() == What.RESUME) {
        awake = event.at() + AFTER_SLEEP < from;
      }
    }
    return awake;
  }

  /** An event counts at the moment at which the first source reported it. */
  private void record(Course course) {
    Map<TrueEvent, Instant> firstReports = new HashMap<>();
    for (Step step : Reporter.steps(course)) {
      if (step instanceof Step.Reported reported) {
        firstReports.putIfAbsent(reported.report().of(), step.machine().wall(step.at()));
      }
    }
    Map<TrueSession, Life> open = new HashMap<>();
    for (TrueEvent event : course.trueEvents()) {
      Instant at = firstReports.get(event);
      TrueSession session = event.session().orElse(null);
      if (at == null || session == null || event.what() == What.PSEUDO_LOGON) {
        continue;
      }
      if (event.what() == What.LOGON) {
        Person user = session.user();
        Life life = new Life(user == null ? "" : user.sid(), at);
        open.put(session, life);
        lives.add(life);
      }
      Life life = open.get(session);
      if (life != null) {
        record(life, event, at);
      }
      if (event.what() == What.LOGOFF) {
        open.remove(session);
      }
    }
  }

  private static void record(Life life, TrueEvent event, Instant at) {
    switch (event.what()) {
      case LOGON -> life.acts.add(new Act("come", at));
      case LOCK -> {
        life.acts.add(new Act("leave", at));
        begin(life, "locked", at);
      }
      case UNLOCK -> {
        life.acts.add(new Act("come", at));
        end(life, "locked", at);
      }
      case CONSOLE_DISCONNECT, REMOTE_DISCONNECT -> {
        life.acts.add(new Act("leave", at));
        begin(life, "disconnected", at);
      }
      case CONSOLE_CONNECT, REMOTE_CONNECT -> {
        end(life, "disconnected", at);
        boolean locked = event.after().find(event.session().orElseThrow()).orElseThrow().locked();
        if (!locked) {
          end(life, "locked", at);
        }
      }
      case LOGOFF -> {
        life.acts.add(new Act("logoff", at));
        end(life, "locked", at);
        end(life, "disconnected", at);
        life.end = at;
      }
      default -> {}
    }
  }

  private static void begin(Life life, String state, Instant at) {
    boolean lasts =
        life.stretches.stream().anyMatch(one -> one.state.equals(state) && one.end == null);
    if (!lasts) {
      life.stretches.add(new Stretch(state, at, null));
    }
  }

  private static void end(Life life, String state, Instant at) {
    life.stretches.replaceAll(
        one ->
            one.state.equals(state) && one.end == null ? new Stretch(state, one.begin, at) : one);
  }
}
