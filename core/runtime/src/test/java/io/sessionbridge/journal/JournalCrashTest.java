package io.sessionbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Stops the machine at every disk operation of many random runs and checks that no guarantee is
 * violated; if any single force is left out, one is.
 */
class JournalCrashTest {

  /** {@code -Dsessionbridge.journal.seeds=10000} for a night. */
  private static final long SEEDS = Long.getLong("sessionbridge.journal.seeds", 100);

  /** To repeat one run: its seed; {@code .trace=true} prints its steps. */
  private static final long FIRST = Long.getLong("sessionbridge.journal.seed", 0);

  @Test
  void survivesACrashAtEveryOperation() {
    AtomicLong crashes = new AtomicLong();
    Optional<String> violation =
        LongStream.range(FIRST, FIRST + SEEDS)
            .parallel()
            .mapToObj(seed -> crashEverywhere(seed, Set.of(), crashes))
            .flatMap(Optional::stream)
            .findAny();
    System.out.printf("journal proof: %d seeds, %d crashes%n", SEEDS, crashes.get());
    assertThat(violation).isEmpty();
    assertThat(crashes.get()).isGreaterThan(SEEDS * 250);
  }

  @Test
  void violatesAGuaranteeWithoutAnySingleForce() throws Exception {
    Map<String, String> proofs = new TreeMap<>();
    for (String site : forceSites()) {
      Optional<String> violation =
          LongStream.range(0, 150)
              .parallel()
              .mapToObj(seed -> crashEverywhere(seed, Set.of(site), new AtomicLong()))
              .flatMap(Optional::stream)
              .findAny();
      proofs.put(site, violation.orElse("NOTHING BREAKS"));
    }
    proofs.forEach((site, proof) -> System.out.printf("without %-32s %s%n", site, proof));
    assertThat(proofs).isNotEmpty().doesNotContainValue("NOTHING BREAKS");
  }

  private static Set<String> forceSites() throws Exception {
    Set<String> sites = new TreeSet<>();
    for (long seed = 0; seed < 20; seed++) {
      CrashRun run = new CrashRun(seed, seed % 2 == 1);
      run.work();
      run.recoverAndCheck();
      sites.addAll(run.disk().forceSites());
    }
    return sites;
  }

  /** Stops one run at each of its operations in turn; returns the first violation, if any. */
  private static Optional<String> crashEverywhere(
      long seed, Set<String> withoutForces, AtomicLong crashes) {
    long operation = 0;
    try {
      CrashRun whole = new CrashRun(seed, seed % 2 == 1);
      whole.work();
      long operations = whole.disk().operations();
      for (; operation < operations; operation++) {
        CrashRun run = new CrashRun(seed, seed % 2 == 1);
        withoutForces.forEach(run.disk()::ignoreForces);
        run.disk().crashAt(operation);
        run.work();
        run.recoverAndCheck();
        crashes.incrementAndGet();
      }
      return Optional.empty();
    } catch (CrashRun.Violation violation) {
      return Optional.of(
          "seed " + seed + ", operation " + operation + ": " + violation.getMessage());
    } catch (Exception e) {
      if (!withoutForces.isEmpty()) {
        return Optional.of("seed " + seed + ", operation " + operation + ": " + e);
      }
      return fail("seed " + seed + ", operation " + operation, e);
    }
  }
}
