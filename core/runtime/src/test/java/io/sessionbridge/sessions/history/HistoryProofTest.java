package io.sessionbridge.sessions.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.sessionbridge.event.Field;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The proof: what the tracker writes of many random days is what truly happened on them.
 *
 * <p>It prints the shortest course that fails.
 */
class HistoryProofTest {

  /** {@code -Dsessionbridge.sessions.seeds=10000} for a night. */
  private static final long SEEDS = Long.getLong("sessionbridge.sessions.seeds", 300);

  /** To look at one history again. */
  private static final long FIRST = Long.getLong("sessionbridge.sessions.seed", 0);

  private static final int KILLS = 3;

  private static final Set<What> ENDS =
      EnumSet.of(What.AGENT_KILL, What.AGENT_STOP, What.POWER_OFF);

  @Test
  void writesTheTruth() {
    assertThatNoneFails(course -> HistoryRun.failure(Truth.of(course)));
  }

  @Test
  void writesTheTruthAlthoughTheAgentIsKilledAtAnyMoment() {
    AtomicLong kills = new AtomicLong();
    assertThatNoneFails(course -> failureAfterKills(course, kills));
    System.out.printf("session proof: %d seeds, %d kills%n", SEEDS, kills.get());
    assertThat(kills.get()).isGreaterThan(SEEDS * KILLS / 2);
  }

  private static Optional<String> failureAfterKills(Course course, AtomicLong kills) {
    Random random = Course.random(course.seed(), 50_000_000L);
    for (int i = 0; i < KILLS; i++) {
      long downtime = 500L + random.nextInt(20_000);
      OptionalLong at = course.momentToKill(random, downtime);
      if (at.isPresent()) {
        kills.incrementAndGet();
        Optional<String> failure =
            HistoryRun.failure(Truth.of(course.killedAt(at.getAsLong(), downtime)));
        if (failure.isPresent()) {
          return failure;
        }
      }
    }
    return Optional.empty();
  }

  /** Keeps the moments; which source reports each event first is random. */
  @Test
  void doesNotDependOnWhichSourceComesFirst() {
    assertThatNoneFails(
        course -> {
          Truth shuffled = Truth.shuffled(course);
          return HistoryRun.failure(shuffled).or(() -> difference(Truth.of(course), shuffled));
        });
  }

  private static Optional<String> difference(Truth one, Truth other) {
    List<String> first = gist(HistoryRun.write(one));
    List<String> second = gist(HistoryRun.write(other));
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      if (!first.get(i).equals(second.get(i))) {
        return Optional.of("in one order " + first.get(i) + "\nin another " + second.get(i));
      }
    }
    return first.size() == second.size()
        ? Optional.empty()
        : Optional.of(first.size() + " events, in another order " + second.size());
  }

  /**
   * Kinds, keys in the order in which they turn up, and durations. Those of what happened unheard
   * count up to the last report before, which may be a second one. So they do not stand here, and
   * neither do the totals of a life in which there was such a thing: the truth has bounds for them.
   */
  private static List<String> gist(List<List<Written>> written) {
    Map<String, Integer> keys = new HashMap<>();
    Set<String> partlyUnheard = new HashSet<>();
    List<String> gist = new ArrayList<>();
    for (Written event : written.stream().flatMap(List::stream).toList()) {
      if ("completed".equals(event.data().get(Field.REASON))) {
        continue;
      }
      StringBuilder text = new StringBuilder(event.data().kind().wireName());
      Optional<String> key = event.data().find(Field.SESSION_KEY);
      key.ifPresent(id -> text.append(" of ").append(keys.computeIfAbsent(id, k -> keys.size())));
      boolean reported = !event.data().has(Field.INFERRED);
      if (!reported) {
        key.ifPresent(partlyUnheard::add);
      }
      boolean totals = key.filter(partlyUnheard::contains).isEmpty();
      for (Field<?> field : Field.all()) {
        boolean counts = field.name().endsWith("_seconds") && (totals || isOfOneStretch(field));
        if (reported && counts && event.data().has(field)) {
          text.append(' ').append(field.name()).append('=').append(event.data().get(field));
        }
      }
      gist.add(text.toString());
    }
    return gist;
  }

  private static boolean isOfOneStretch(Field<?> field) {
    return field.name().startsWith("last_");
  }

  /** A host that was watched without interruption, by sources that report everything. */
  @Test
  void concludesNothingWhereNothingWasMissed() {
    long watched = 0;
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      if (Profile.of(seed).terminatesReported() == 100) {
        watched++;
        assertThat(
                HistoryRun.write(Truth.of(watched(seed))).stream()
                    .flatMap(List::stream)
                    .filter(event -> event.data().has(Field.INFERRED)))
            .as("seed %d", seed)
            .isEmpty();
      }
    }
    assertThat(watched).isGreaterThan(SEEDS / 6);
  }

  /** The seed's course without the scenes in which the agent ends. */
  private static Course watched(long seed) {
    BitSet kept = new BitSet();
    kept.set(0, Profile.of(seed).scenes());
    while (true) {
      Course course = Course.of(seed, kept);
      int before = kept.cardinality();
      course.trueEvents().stream()
          .filter(trueEvent -> ENDS.contains(trueEvent.what()))
          .forEach(trueEvent -> kept.clear(trueEvent.scene()));
      if (kept.cardinality() == before) {
        return course;
      }
    }
  }

  private static void assertThatNoneFails(Function<Course, Optional<String>> failure) {
    LongStream.range(FIRST, FIRST + SEEDS)
        .parallel()
        .filter(seed -> failure.apply(Course.of(seed)).isPresent())
        .findAny()
        .ifPresent(seed -> fail(new HistoryShrinker(seed, failure).shrink()));
  }
}
