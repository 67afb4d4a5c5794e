package io.sessionbridge.testkit;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.HandOff;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A callback source that reports the events that the test passes to {@link #report}. */
public final class TestingSource implements Source {

  /** Decides whether a start works. */
  interface StartCheck {
    void check() throws SourceException;
  }

  private final HandOff<EventData> handOff;
  private final StartCheck startCheck;
  private final Intake intake;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private volatile boolean listening;

  TestingSource(SourceContext context, StartCheck startCheck) {
    this.startCheck = startCheck;
    this.intake = context.intake();
    this.handOff =
        new HandOff<>(
            context, stamped -> Optional.of(Observation.live(stamped.time(), stamped.item())));
  }

  @Override
  public void start() throws SourceException {
    handOff.start();
    startCheck.check();
    listening = true;
  }

  /** Reports an event, on the caller's thread. Ignored before start and after close. */
  public void report(EventData data) {
    if (listening) {
      handOff.offer(data);
    }
  }

  /** Requests a reconciliation. */
  public void reconcile(String reason) {
    intake.reconcile(reason);
  }

  /** Makes it finish. */
  public void finish() {
    finished.complete(null);
  }

  /** Makes it finish with a failure. */
  public void fail(Throwable why) {
    finished.completeExceptionally(why);
  }

  @Override
  public Health check() {
    return handOff.problem().map(Health::degraded).orElseGet(Health::up);
  }

  @Override
  public Optional<CompletionStage<Void>> finished() {
    return Optional.of(finished);
  }

  @Override
  public void close() {
    listening = false;
    handOff.close();
  }
}
