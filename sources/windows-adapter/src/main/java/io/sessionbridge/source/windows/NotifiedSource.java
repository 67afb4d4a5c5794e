package io.sessionbridge.source.windows;

import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.HandOff;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.window.SessionNotifications;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;

/**
 * A source that hears notifications of Windows, and hands them over. Windows calls on a thread of
 * its own, which only offers; {@code source-<id>} does the rest.
 *
 * @param <T> what a notification says
 */
public abstract class NotifiedSource<T> implements Source {

  private final SourceContext context;
  private final Logger log;
  private final HandOff<T> handOff;

  protected NotifiedSource(
      SourceContext context, Logger log, Function<Stamped<T>, Optional<Observation>> translator) {
    this.context = context;
    this.log = log;
    this.handOff = new HandOff<>(context, translator);
  }

  /** Where the notifications come from; the same at each call. */
  protected abstract SessionNotifications notifications();

  @Override
  public void start() throws SourceException {
    handOff.start();
    try {
      notifications().start();
    } catch (WindowsException e) {
      throw new SourceException(String.valueOf(e.getMessage()), e);
    }
  }

  /** By the thread of Windows: takes the time and returns. */
  protected final void hear(T notification) {
    handOff.offer(notification);
  }

  /**
   * Windows tells everything from now on.
   *
   * @param late whether it refused at first
   */
  protected final void listens(boolean late) {
    if (late) {
      log.info("source {}: receiving events from Windows", context.id());
    }
    context.intake().missed(late ? "registered_late" : "started");
  }

  @Override
  public final Health check() {
    return handOff
        .trouble()
        .or(() -> notifications().trouble())
        .map(Health::degraded)
        .orElse(Health.up());
  }

  @Override
  public final void close() {
    notifications().close();
    handOff.close();
  }
}
