package io.sessionbridge.sink.command.state;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.sink.command.config.WhileRule;
import io.sessionbridge.sink.command.process.CommandMetrics;
import io.sessionbridge.sink.command.process.Launcher;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.StateSink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a command while a condition of the host holds. Ignores the events themselves. */
public final class WhileSink implements StateSink {

  private final WhileRule rule;
  private final Supplier<Launcher> launchers;
  private final CommandMetrics metrics;
  private final Clock clock;
  private final Duration closeTime;
  private volatile @Nullable WhileRun run;

  /**
   * Starts nothing yet.
   *
   * @param closeTime that a command has to end when the agent stops
   */
  public WhileSink(
      WhileRule rule,
      Supplier<Launcher> launchers,
      CommandMetrics metrics,
      Clock clock,
      Duration closeTime) {
    this.rule = rule;
    this.launchers = launchers;
    this.metrics = metrics;
    this.clock = clock;
    this.closeTime = closeTime;
  }

  @Override
  public void connect() throws DeliveryException {
    if (run != null) {
      return;
    }
    Launcher launcher = launchers.get();
    Optional<String> missing = launcher.missing(rule.program());
    if (missing.isPresent()) {
      launcher.close();
      throw new DeliveryException(missing.get());
    }
    WhileRun started = new WhileRun(rule, launcher, metrics, clock);
    started.start();
    run = started;
  }

  @Override
  public void show(HostState now) {
    WhileRun running = run;
    if (running != null) {
      running.update(rule.condition().evaluate(now));
    }
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) {
    return DeliveryResult.delivered(batch.size());
  }

  @Override
  public Health check() {
    WhileRun running = run;
    return running == null ? Health.degraded("not started yet") : running.check();
  }

  @Override
  public void close() {
    WhileRun running = run;
    run = null;
    if (running != null) {
      running.close(closeTime);
    }
  }
}
