package io.sessionbridge.fleet;

import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits the events of the hosts of one agent. All agents of a process share the threads that do so;
 * each emit waits until its events are durable, as in a real source.
 */
final class FleetSource implements Source {

  private static final Logger LOG = LoggerFactory.getLogger(FleetSource.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final SourceContext context;
  private final Timeline timeline;
  private final FleetClock clock;
  private final ScheduledExecutorService players;
  private final Consumer<Throwable> failed;
  private boolean closed;

  /**
   * @param failed receives what ends this source
   */
  FleetSource(
      SourceContext context,
      Timeline timeline,
      FleetClock clock,
      ScheduledExecutorService players,
      Consumer<Throwable> failed) {
    this.context = context;
    this.timeline = timeline;
    this.clock = clock;
    this.players = players;
    this.failed = failed;
  }

  @Override
  public void start() {
    plan(Duration.ZERO);
  }

  private void plan(Duration wait) {
    var unused = players.schedule(this::step, wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  private synchronized void step() {
    if (closed) {
      return;
    }
    try {
      List<Observation> due = timeline.due(clock.sinceMidnight());
      if (!due.isEmpty()) {
        context.intake().emit(due);
        timeline.emitted(due.size());
      }
      timeline.nextAt().ifPresent(at -> plan(clock.until(at)));
    } catch (EmitException e) {
      LOG.warn("the same again in {}: {}", AGAIN, e.getMessage());
      plan(AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    } catch (RuntimeException | Error e) {
      // The rest of the timeline would never be emitted, and the run would wait for it.
      failed.accept(e);
    }
  }

  @Override
  public Health check() {
    return Health.up();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
