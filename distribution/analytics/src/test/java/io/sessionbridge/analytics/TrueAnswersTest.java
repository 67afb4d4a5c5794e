package io.sessionbridge.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.sessions.history.ReportedHistory;
import io.sessionbridge.sessions.history.ReportedHistory.Act;
import io.sessionbridge.sessions.history.ReportedHistory.Life;
import io.sessionbridge.sessions.history.ReportedHistory.Stretch;
import io.sessionbridge.sessions.history.ReportedHistory.Sure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The answers about random histories are what is true of them, computed another way: from what
 * happened, by brute force.
 */
class TrueAnswersTest {

  private static final long SEEDS = Long.getLong("sessionbridge.analytics.histories", 400);
  private static final Duration LONG = Duration.ofMinutes(20);
  private static final Duration OVERLAP = Duration.ofSeconds(60);
  private static final ZoneId ZONE = ZoneId.of("UTC");
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  @TempDir private Path folder;
  private List<ReportedHistory> histories = List.of();
  private @Nullable Lake lake;

  private record Stay(String user, String host, Instant begin, Instant end) {}

  @BeforeEach
  void load() throws Exception {
    histories =
        LongStream.range(0, SEEDS).mapToObj(ReportedHistory::of).flatMap(Optional::stream).toList();
    assertThat(histories).hasSizeGreaterThan((int) SEEDS / 20);
    Path file = folder.resolve("histories.jsonl");
    Files.write(file, histories.stream().flatMap(one -> one.lines().stream()).toList());
    Limits limits =
        new Limits(micros(LONG), micros(Duration.ofMinutes(30)), micros(LONG), micros(OVERLAP));
    lake =
        Lake.load(
            Duck.open("600MB", 1),
            EventFiles.relation(List.of(file.toString())),
            new Period(0, Period.micros(Instant.parse("2027-01-01T00:00:00Z")), ZONE),
            limits,
            TestingLake.NO_HOSTS,
            TestingLake.HOURS);
  }

  @AfterEach
  void close() throws Exception {
    if (lake != null) {
      lake.close();
    }
  }

  private static long micros(Duration time) {
    return time.toMillis() * 1000;
  }

  private List<String> ask(String sql) throws Exception {
    assertThat(lake).isNotNull();
    return AnswerText.csv(lake.ask(sql)).lines().skip(1).toList();
  }

  private List<String> ask(Question question) throws Exception {
    return ask(question.sql());
  }

  private static Instant end(ReportedHistory history, Life life) {
    Instant end = life.end();
    return end == null ? history.last() : end;
  }

  private static String utc(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String number(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  @Test
  void livesAreThoseThatWere() throws Exception {
    List<String> expected = new ArrayList<>();
    for (ReportedHistory history : histories) {
      for (Life life : history.lives()) {
        expected.add(
            String.join(
                ",",
                history.host(),
                life.user(),
                String.valueOf(Period.micros(life.begin())),
                String.valueOf(Period.micros(end(history, life))),
                life.end() == null ? "open" : "told"));
      }
    }
    assertThat(expected).hasSizeGreaterThan(100);
    assertThat(ask("SELECT host_name, user_key, begin_us, until_us, ended FROM lives"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void concurrentSessionsAreCounted() throws Exception {
    List<String> expected = new ArrayList<>();
    for (ReportedHistory history : histories) {
      List<Life> lives =
          history.lives().stream()
              .filter(life -> end(history, life).isAfter(life.begin()))
              .sorted(Comparator.comparing(Life::begin))
              .toList();
      if (lives.isEmpty()) {
        continue;
      }
      long peak = 0;
      Instant peakAt = Instant.MAX;
      long sum = 0;
      for (Life life : lives) {
        Instant at = life.begin();
        long now =
            lives.stream()
                .filter(one -> !one.begin().isAfter(at) && end(history, one).isAfter(at))
                .count();
        peakAt = now > peak ? at : peakAt;
        peak = Math.max(peak, now);
        sum += ChronoUnit.MICROS.between(at, end(history, life));
      }
      BigDecimal mean =
          BigDecimal.valueOf(sum)
              .divide(
                  BigDecimal.valueOf(ChronoUnit.MICROS.between(history.first(), history.last())),
                  3,
                  RoundingMode.HALF_UP);
      expected.add(String.join(",", history.host(), "" + peak, utc(peakAt), number(mean)));
    }
    assertThat(ask(Question.CONCURRENT_SESSIONS)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void firstAndLastOfADayAreThoseOfTheDay() throws Exception {
    TreeMap<String, TreeMap<LocalDate, List<Act>>> days = new TreeMap<>();
    for (ReportedHistory history : histories) {
      for (Life life : history.lives()) {
        for (Act act : life.acts()) {
          days.computeIfAbsent(life.user(), user -> new TreeMap<>())
              .computeIfAbsent(LocalDate.ofInstant(act.at(), ZONE), day -> new ArrayList<>())
              .add(act);
        }
      }
    }
    List<String> expected = new ArrayList<>();
    days.forEach(
        (user, byDay) ->
            byDay.forEach(
                (day, acts) ->
                    expected.add(
                        String.join(
                            ",",
                            day.toString(),
                            local(acts, "come", true),
                            local(acts, "logoff", false),
                            local(acts, "leave", false)))));
    assertThat(
            ask(
                "SELECT day, first, last_logoff, last_leaving FROM ("
                    + Question.FIRST_AND_LAST.sql()
                    + ")"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String local(List<Act> acts, String kind, boolean first) {
    TreeSet<Instant> times = new TreeSet<>();
    acts.stream().filter(act -> act.kind().equals(kind)).forEach(act -> times.add(act.at()));
    if (times.isEmpty()) {
      return "";
    }
    return LOCAL.format(first ? times.first() : times.last());
  }

  @Test
  void whoIsWhereIsWhoIsThere() throws Exception {
    Instant now = Instant.parse("2027-01-01T00:00:00Z");
    List<String> expected = new ArrayList<>();
    for (ReportedHistory history : histories) {
      for (Life life : history.lives()) {
        if (life.end() == null) {
          boolean heard = history.last().plus(Duration.ofMinutes(30)).isAfter(now);
          expected.add(
              String.join(
                  ",",
                  history.host(),
                  utc(life.begin()),
                  heard ? "in use" : "unknown",
                  utc(history.last())));
        }
      }
    }
    assertThat(expected).hasSizeGreaterThan(3);
    assertThat(
            ask(
                "SELECT host, since, state, state_since FROM ("
                    + Question.WHO_IS_WHERE.sql()
                    + ")"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void longLocksAreThoseThatWereLong() throws Exception {
    List<String> expected = new ArrayList<>();
    for (ReportedHistory history : histories) {
      for (Life life : history.lives()) {
        for (Stretch stretch : life.stretches()) {
          Instant ended = stretch.end();
          Instant end = ended == null ? end(history, life) : ended;
          long length = ChronoUnit.MICROS.between(stretch.begin(), end);
          if (length >= micros(LONG)) {
            expected.add(
                String.join(
                    ",",
                    history.host(),
                    stretch.state(),
                    utc(stretch.begin()),
                    ended == null ? "" : utc(ended)));
          }
        }
      }
    }
    assertThat(expected).hasSizeGreaterThan(20);
    assertThat(ask("SELECT host, state, since, until FROM (" + Question.LONG_LOCKED.sql() + ")"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Moment by moment: the view that question 10 sums up holds each that is idle, and no other. */
  @Test
  void aHostIsFreeWhenItTrulyIs() throws Exception {
    Map<String, List<Stretch>> idle = new HashMap<>();
    for (String line : ask("SELECT host_name, begin_us, until_us FROM idle")) {
      List<String> values = List.of(line.split(",", -1));
      idle.computeIfAbsent(values.get(0), host -> new ArrayList<>())
          .add(new Stretch("idle", at(values.get(1)), at(values.get(2))));
    }
    int free = 0;
    int busy = 0;
    for (ReportedHistory history : histories) {
      for (Sure moment : history.sureMoments()) {
        if (moment.at().isAfter(history.last())) {
          continue; // nobody can know
        }
        boolean reported =
            idle.getOrDefault(history.host(), List.of()).stream()
                .anyMatch(one -> holds(one, moment.at()));
        assertThat(reported).as("%s at %s", history.host(), moment.at()).isEqualTo(moment.idle());
        free += moment.idle() ? 1 : 0;
        busy += moment.idle() ? 0 : 1;
      }
    }
    assertThat(free).isGreaterThan(100);
    assertThat(busy).isGreaterThan(1000);
  }

  private static Instant at(String micros) {
    return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
  }

  private static boolean holds(Stretch stretch, Instant at) {
    return !at.isBefore(stretch.begin()) && stretch.end() != null && at.isBefore(stretch.end());
  }

  /** By pairs: each that overlaps long enough, and what pairs have in common. */
  @Test
  void usersOnSeveralHostsAreThoseWhosePairsOverlap() throws Exception {
    List<Stay> stays = new ArrayList<>();
    for (ReportedHistory history : histories) {
      for (Life life : history.lives()) {
        merge(stays, new Stay(life.user(), history.host(), life.begin(), end(history, life)));
      }
    }
    TreeSet<String> places = new TreeSet<>();
    TreeMap<String, Integer> most = new TreeMap<>();
    for (Stay one : stays) {
      for (Stay other : stays) {
        Instant begin = one.begin.isAfter(other.begin) ? one.begin : other.begin;
        Instant end = one.end.isBefore(other.end) ? one.end : other.end;
        if (one.user.equals(other.user)
            && !one.host.equals(other.host)
            && !begin.plus(OVERLAP).isAfter(end)) {
          places.add(one.user + "," + one.host);
          most.merge(one.user, hostsAtMost(stays, one.user, begin, end), Math::max);
        }
      }
    }
    assertThat(places).hasSizeGreaterThan(10);
    String answer =
        " FROM ("
            + Question.SEVERAL_HOSTS.sql()
            + ") q JOIN (SELECT DISTINCT user_key, user_name FROM lives) l ON l.user_name = q.user";
    assertThat(ask("SELECT DISTINCT l.user_key, q.host" + answer))
        .containsExactlyInAnyOrderElementsOf(places);
    assertThat(ask("SELECT l.user_key, MAX(q.hosts_at_once)" + answer + " GROUP BY l.user_key"))
        .containsExactlyInAnyOrderElementsOf(
            most.entrySet().stream().map(one -> one.getKey() + "," + one.getValue()).toList());
  }

  /** How many hosts a user is on at some moment between. */
  private static int hostsAtMost(List<Stay> stays, String user, Instant from, Instant to) {
    int most = 0;
    for (Stay one : stays) {
      Instant at = one.begin.isBefore(from) ? from : one.begin;
      if (one.user.equals(user) && !at.isAfter(to.minus(OVERLAP))) {
        most =
            Math.max(
                most,
                (int)
                    stays.stream()
                        .filter(other -> other.user.equals(user))
                        .filter(other -> !other.begin.isAfter(at))
                        .filter(other -> !other.end.minus(OVERLAP).isBefore(at))
                        .map(Stay::host)
                        .distinct()
                        .count());
      }
    }
    return most;
  }

  private static void merge(List<Stay> stays, Stay stay) {
    for (Stay known : List.copyOf(stays)) {
      boolean touches = !known.begin.isAfter(stay.end) && !stay.begin.isAfter(known.end);
      if (known.user.equals(stay.user) && known.host.equals(stay.host) && touches) {
        stays.remove(known);
        merge(
            stays,
            new Stay(
                stay.user,
                stay.host,
                known.begin.isBefore(stay.begin) ? known.begin : stay.begin,
                known.end.isAfter(stay.end) ? known.end : stay.end));
        return;
      }
    }
    stays.add(stay);
  }
}
