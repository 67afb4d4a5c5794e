package io.sessionbridge.source.wts;

import io.sessionbridge.health.Health;
import io.sessionbridge.source.windows.SessionChangeTranslator;
import io.sessionbridge.spi.HandOff;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.SessionListener;
import io.sessionbridge.windows.SessionNotifications;
import io.sessionbridge.windows.WindowsException;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the session changes that Windows posts to a window, and hands them over. Its threads are
 * {@code source-<id>-window}, which Windows calls, and {@code source-<id>}, which writes.
 *
 * <p>When another program closes the window, as Windows programs are asked to end, the agent is
 * asked to stop.
 */
final class WtsSource implements Source, SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(WtsSource.class);

  private final SourceContext context;
  private final HandOff<SessionChange> handOff;
  private final SessionNotifications notifications;

  WtsSource(SourceContext context, Function<SessionListener, SessionNotifications> notifications) {
    this.context = context;
    this.handOff = new HandOff<>(context, SessionChangeTranslator::translate);
    this.notifications = notifications.apply(this);
  }

  @Override
  public void start() throws SourceException {
    handOff.start();
    try {
      notifications.start();
    } catch (WindowsException e) {
      throw new SourceException(String.valueOf(e.getMessage()), e);
    }
    notifications.trouble().ifPresent(why -> LOG.warn("source {}: {}", context.id(), why));
  }

  @Override
  public void changed(SessionChange change) {
    handOff.offer(change);
  }

  @Override
  public void registered(boolean late) {
    if (late) {
      LOG.info("source {}: Windows sends session changes now", context.id());
    }
    context.intake().missed(late ? "registered_late" : "started");
  }

  @Override
  public void ended() {
    context.requestStop("another program closed the window of source " + context.id());
  }

  @Override
  public Health check() {
    return first(handOff.trouble(), notifications.trouble())
        .map(Health::degraded)
        .orElse(Health.up());
  }

  private static Optional<String> first(Optional<String> one, Optional<String> other) {
    return one.isPresent() ? one : other;
  }

  @Override
  public void close() {
    notifications.close();
    handOff.close();
  }
}
