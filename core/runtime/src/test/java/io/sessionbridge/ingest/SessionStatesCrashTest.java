package io.sessionbridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Proves that tracker, checkpoint and journal are consistent: the machine is stopped at every disk
 * operation of random runs, and each time the states match the acknowledged events.
 */
class SessionStatesCrashTest {

  /** {@code -Dsessionbridge.sessions.crash.seeds=1000} for a night. */
  private static final long SEEDS = Long.getLong("sessionbridge.sessions.crash.seeds", 4);

  @Test
  void statesSurviveACrashAtEveryOperation() throws Exception {
    AtomicLong crashes = new AtomicLong();
    for (long seed = 0; seed < SEEDS; seed++) {
      crashEverywhere(seed, Set.of(), crashes);
    }
    assertThat(crashes.get()).isGreaterThan(SEEDS * 100);
  }

  @Test
  void statesDoNotSurviveWithoutTheForceOfACheckpoint() throws Exception {
    StatesRun run = new StatesRun(0);
    run.work();
    List<String> sites =
        run.disk().forceSites().stream()
            .filter(site -> site.contains("SessionsFile.write"))
            .toList();
    assertThat(sites).isNotEmpty();
    assertThatThrownBy(
            () -> {
              for (long seed = 0; seed < 20; seed++) {
                crashEverywhere(seed, Set.copyOf(sites), new AtomicLong());
              }
            })
        .isInstanceOf(AssertionError.class);
  }

  private static void crashEverywhere(long seed, Set<String> withoutForces, AtomicLong crashes)
      throws Exception {
    StatesRun whole = new StatesRun(seed);
    whole.work();
    long operations = whole.disk().operations();
    for (long operation = 1; operation < operations; operation++) {
      StatesRun run = new StatesRun(seed);
      withoutForces.forEach(run.disk()::ignoreForces);
      run.disk().crashAt(operation);
      run.work();
      run.recoverAndCheck("seed " + seed + ", operation " + operation);
      crashes.incrementAndGet();
    }
  }
}
