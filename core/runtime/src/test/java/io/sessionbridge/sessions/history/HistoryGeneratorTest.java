package io.sessionbridge.sessions.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.history.HistoryCheck.Mismatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests the generator itself: its courses are possible, and its truth can be satisfied. */
class HistoryGeneratorTest {

  private static final int SEEDS = 100;

  private static Stream<Course> courses() {
    return LongStream.range(0, SEEDS).mapToObj(Course::of);
  }

  @Test
  void makesTheSameHistoryOfTheSameSeed() {
    courses()
        .limit(20)
        .forEach(
            course -> {
              Course again = Course.of(course.seed());
              assertThat(again.trueEvents()).hasToString(course.trueEvents().toString());
              assertThat(Truth.of(again).obligations())
                  .hasToString(Truth.of(course).obligations().toString());
            });
  }

  @Test
  void neverHasTwoSessionsOfOneIdAtATime() {
    courses()
        .flatMap(course -> course.trueEvents().stream())
        .forEach(
            trueEvent ->
                assertThat(trueEvent.after().sessions())
                    .extracting(view -> view.session().id())
                    .as(trueEvent::toString)
                    .doesNotHaveDuplicates());
  }

  @Test
  void beginsAndEndsEachLifeOnceAndInOrder() {
    courses().forEach(HistoryGeneratorTest::checkLives);
  }

  private static void checkLives(Course course) {
    Map<TrueSession, What> last = new HashMap<>();
    long time = 0;
    for (TrueEvent trueEvent : course.trueEvents()) {
      assertThat(trueEvent.at()).as(trueEvent::toString).isGreaterThanOrEqualTo(time);
      time = trueEvent.at();
      TrueSession session = trueEvent.session().orElse(null);
      What what = trueEvent.what();
      if (session == null || what == What.PSEUDO_LOGON) {
        continue;
      }
      What before = last.get(session);
      assertThat(before == null).as(trueEvent::toString).isEqualTo(what == What.CREATE);
      assertThat(before).as(trueEvent::toString).isNotEqualTo(What.TERMINATE);
      if (what == What.LOGON || what == What.LOGOFF || what == What.TERMINATE) {
        last.put(session, what);
      } else {
        last.putIfAbsent(session, what);
      }
      if (what == What.LOGON) {
        assertThat(before).as(trueEvent::toString).isEqualTo(What.CREATE);
      }
      if (what == What.LOGOFF) {
        assertThat(before).as(trueEvent::toString).isEqualTo(What.LOGON);
      }
      if (what == What.LOCK || what == What.UNLOCK || what == What.SAVER_START) {
        assertThat(before).as(trueEvent::toString).isEqualTo(What.LOGON);
      }
    }
  }

  @Test
  void reportsOnlyWhatHappenedWhileTheAgentHeard() {
    courses().forEach(HistoryGeneratorTest::checkReports);
  }

  private static void checkReports(Course course) {
    boolean up = false;
    long started = 0;
    for (Step step : Reporter.steps(course)) {
      if (step instanceof Step.Started) {
        up = true;
        started = step.at();
      } else if (step instanceof Step.Stopped) {
        up = false;
      } else {
        assertThat(up).as(step::toString).isTrue();
      }
      if (step instanceof Step.Reported received) {
        SourceReport report = received.report();
        assertThat(report.of().at()).as(step::toString).isBetween(started, step.at());
        assertThat(course.profile().sources()).contains(report.source());
        assertThat(step.at() - report.of().at()).isLessThan(180_000);
        Optional<Long> id = report.data().find(Field.SESSION_ID);
        report
            .of()
            .session()
            .filter(session -> id.isPresent())
            .ifPresent(session -> assertThat(id).as(step::toString).contains(session.id()));
      }
    }
  }

  @Test
  void tellsEachSourceInItsOrder() {
    courses()
        .forEach(
            course -> {
              Map<String, Integer> last = new HashMap<>();
              for (Step step : Reporter.steps(course)) {
                if (step instanceof Step.Reported received
                    && !received.report().source().equals(Sources.SENS)) {
                  int index = received.report().of().index();
                  assertThat(last.getOrDefault(received.report().source(), -1)).isLessThan(index);
                  last.put(received.report().source(), index);
                }
              }
            });
  }

  /** Where all is known, the parts are the whole; where not, the whole lies between. */
  @Test
  void hasTotalsThatAddUp() {
    int exact = 0;
    for (Obligation due : courses().flatMap(c -> Truth.of(c).obligations().stream()).toList()) {
      Seconds life = due.durations().get("session_seconds");
      if (life == null || due.sort() != Obligation.Sort.REPORTED) {
        continue;
      }
      long least = 0;
      long most = 0;
      boolean known = life.least() == life.most();
      for (Category category : Category.values()) {
        Seconds total = due.durations().get(category.total());
        least += total.least();
        most += total.most();
        known &= total.least() == total.most();
      }
      assertThat(least).as(due::toString).isLessThanOrEqualTo(life.most());
      assertThat(most).as(due::toString).isGreaterThanOrEqualTo(life.least());
      if (known) {
        exact++;
        assertThat(least).as(due::toString).isEqualTo(life.least());
      }
    }
    assertThat(exact).isGreaterThan(SEEDS / 2);
  }

  @Test
  void hasATruthThatCanBeTold() {
    courses().forEach(course -> check(Truth.of(course), new Scribe(Truth.of(course)).write()));
  }

  private static void check(Truth truth, List<List<Written>> written) {
    HistoryCheck check = new HistoryCheck(truth);
    for (int step = 0; step < written.size(); step++) {
      check.check(step, written.get(step));
    }
  }

  @Test
  void noticesWhatIsMissing() {
    courses()
        .limit(30)
        .forEach(
            course ->
                assertThatSpoilingIsNoticed(
                    course,
                    (all, place) -> {
                      all.get(place.step()).remove(place.index());
                      return true;
                    }));
  }

  @Test
  void noticesWhatIsWrittenTwice() {
    courses()
        .limit(30)
        .forEach(
            course ->
                assertThatSpoilingIsNoticed(
                    course,
                    (all, place) -> {
                      List<Written> step = all.get(place.step());
                      step.add(step.get(place.index()));
                      return true;
                    }));
  }

  @Test
  void noticesAForeignKey() {
    courses()
        .limit(30)
        .forEach(
            course ->
                assertThatSpoilingIsNoticed(
                    course,
                    (all, place) -> {
                      List<Written> step = all.get(place.step());
                      Written event = step.get(place.index());
                      if (!event.data().has(Field.SESSION_KEY)) {
                        return false;
                      }
                      step.set(
                          place.index(),
                          new Written(
                              event.id(),
                              event.time(),
                              event.data().toBuilder().put(Field.SESSION_KEY, "e-0").build(),
                              event.more()));
                      return true;
                    }));
  }

  @Test
  void noticesADurationThatIsTwoSecondsLonger() {
    courses()
        .limit(30)
        .forEach(
            course ->
                assertThatSpoilingIsNoticed(
                    course,
                    (all, place) -> {
                      List<Written> step = all.get(place.step());
                      Written event = step.get(place.index());
                      if (event.more().isEmpty()) {
                        return false;
                      }
                      Map<String, Object> longer = new HashMap<>(event.more());
                      longer.replaceAll((name, seconds) -> (Long) seconds + 2);
                      step.set(
                          place.index(),
                          new Written(event.id(), event.time(), event.data(), longer));
                      return true;
                    }));
  }

  private record Place(int step, int index) {}

  private interface Spoiler {
    /** Spoils what is written there; false if it cannot be spoilt. */
    boolean spoil(List<List<Written>> written, Place place);
  }

  private static void assertThatSpoilingIsNoticed(Course course, Spoiler spoiler) {
    Truth truth = Truth.of(course);
    List<List<Written>> written = new Scribe(truth).write();
    List<Place> places = new ArrayList<>();
    for (int step = 0; step < written.size(); step++) {
      for (int index = 0; index < written.get(step).size(); index++) {
        places.add(new Place(step, index));
      }
    }
    Random random = new Random(course.seed());
    for (int i = 0; i < 8; i++) {
      List<List<Written>> spoilt = new ArrayList<>();
      written.forEach(events -> spoilt.add(new ArrayList<>(events)));
      Place place = places.get(random.nextInt(places.size()));
      if (spoiler.spoil(spoilt, place)) {
        Written event = written.get(place.step()).get(place.index());
        assertThat(catchThrowable(() -> check(truth, spoilt)))
            .as("seed %d, step %d: %s", course.seed(), place.step(), event)
            .isInstanceOf(Mismatch.class);
      }
    }
  }

  @Test
  void isACourseWithoutAnyOfItsScenesToo() {
    Random random = new Random(1);
    for (long seed = 0; seed < SEEDS; seed++) {
      BitSet kept = new BitSet();
      for (int number = 0; number < Profile.of(seed).scenes(); number++) {
        kept.set(number, random.nextBoolean());
      }
      Course course = Course.of(seed, kept);
      checkLives(course);
      checkReports(course);
      check(Truth.of(course), new Scribe(Truth.of(course)).write());
    }
  }

  /** A failure that needs two scenes keeps hardly more than these. */
  @Test
  void shrinksAFailure() {
    long seed =
        LongStream.range(0, SEEDS)
            .filter(some -> failure(Course.of(some)).isPresent())
            .filter(some -> Profile.of(some).scenes() > 20)
            .findFirst()
            .orElseThrow();
    int[] tries = new int[1];
    String shrunk =
        new HistoryShrinker(
                seed,
                course -> {
                  tries[0]++;
                  return failure(course);
                })
            .shrink();
    String scenes = shrunk.substring(shrunk.indexOf('{'), shrunk.indexOf('}'));
    assertThat(scenes.split(",")).hasSizeLessThanOrEqualTo(6);
    assertThat(tries[0]).isLessThan(500);
  }

  private static Optional<String> failure(Course course) {
    Set<What> what = new HashSet<>();
    course.trueEvents().forEach(trueEvent -> what.add(trueEvent.what()));
    return what.contains(What.SHADOW) && what.contains(What.CLOCK_STEP)
        ? Optional.of("it fails")
        : Optional.empty();
  }

  @Test
  void coversAllThatCanHappen() {
    Map<What, Integer> happened = new EnumMap<>(What.class);
    Map<Kind, Integer> concluded = new EnumMap<>(Kind.class);
    int withoutId = 0;
    int reused = 0;
    int completed = 0;
    for (Truth truth : courses().map(Truth::of).toList()) {
      Set<Long> ids = new HashSet<>();
      for (TrueEvent trueEvent : truth.course().trueEvents()) {
        happened.merge(trueEvent.what(), 1, Integer::sum);
        if (trueEvent.what() == What.BOOT) {
          ids.clear();
        }
        if (trueEvent.what() == What.CREATE && !ids.add(trueEvent.session().get().id())) {
          reused++;
        }
      }
      for (Step step : truth.steps()) {
        if (step instanceof Step.Reported received
            && received.report().of().session().isPresent()
            && !received.report().data().has(Field.SESSION_ID)) {
          withoutId++;
        }
      }
      for (Obligation due : truth.obligations()) {
        if (due.sort() == Obligation.Sort.CONCLUDED && due.required()) {
          due.kinds().forEach(kind -> concluded.merge(kind, 1, Integer::sum));
        }
        completed += due.sort() == Obligation.Sort.COMPLETED && due.required() ? 1 : 0;
      }
    }
    assertThat(happened.keySet()).containsExactlyInAnyOrder(What.values());
    assertThat(happened.values()).allMatch(count -> count >= 8);
    assertThat(concluded)
        .containsKeys(
            Kind.LOGON,
            Kind.LOGOFF,
            Kind.LOCK,
            Kind.UNLOCK,
            Kind.CONSOLE_DISCONNECT,
            Kind.REMOTE_CONNECT,
            Kind.REMOTE_DISCONNECT,
            Kind.SESSION_PRESENT);
    assertThat(withoutId).isGreaterThan(SEEDS / 5);
    assertThat(reused).isGreaterThan(SEEDS / 5);
    assertThat(completed).isGreaterThan(SEEDS / 20);
  }
}
