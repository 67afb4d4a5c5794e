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
 * A source that receives notifications from Windows and hands them over. Windows calls on a thread
 * of its own, which only queues; {@code source-<id>} does the rest.
 *
 * @param <T> a notification
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

  /** The origin of the notifications; returns the same object at each call. */
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

  /** Called by Windows' thread. Takes the time, queues and returns. */
  protected final void offer(T notification) {
    handOff.offer(notification);
  }

  /**
   * To be called once Windows sends all notifications.
   *
   * @param late whether Windows refused at first
   */
  protected final void receiving(boolean late) {
    if (late) {
      log.info("source {}: receiving events from Windows", context.id());
    }
    context.intake().reconcile(late ? "registered_late" : "started");
  }

  @Override
  public final Health check() {
    return handOff
        .problem()
        .or(() -> notifications().problem())
        .map(Health::degraded)
        .orElse(Health.up());
  }

  @Override
  public final void close() {
    notifications().close();
    handOff.close();
  }
}
