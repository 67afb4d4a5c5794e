package io.sessionbridge.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.TestingSourceContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetSourceTest {

  private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");

  @TempDir private Path folder;
  private final ScheduledExecutorService players = Executors.newScheduledThreadPool(1);

  @AfterEach
  void end() {
    players.shutdownNow();
  }

  /** An executor swallows exceptions, and the rest of the day would never be emitted. */
  @Test
  void whatIsThrownIsPassedOn() throws Exception {
    FleetClock clock = new FleetClock(MIDNIGHT, Duration.ofDays(1), Duration.ofDays(2), 1);
    TestingSourceContext context = new TestingSourceContext(clock, folder);
    AssertionError defect = new AssertionError("a defect of the intake");
    context.intake().defect(defect);
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    Timeline timeline = Timeline.of(3, MIDNIGHT, new FleetOptions());

    new FleetSource(context, timeline, clock, players, failed::complete).start();

    assertThat(failed.get(60, TimeUnit.SECONDS)).isSameAs(defect);
  }
}
