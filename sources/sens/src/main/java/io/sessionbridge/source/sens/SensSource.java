package io.sessionbridge.source.sens;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.HandOff;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.windows.SessionNotifications;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.com.SensEvent;
import io.sessionbridge.windows.com.SensListener;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what SENS tells, and hands it over. Its threads are {@code source-<id>-com}, which
 * subscribes, those of Windows that call, seen as {@code source-<id>-com-call}, and {@code
 * source-<id>}, which writes.
 */
final class SensSource implements Source, SensListener {

  private static final Logger LOG = LoggerFactory.getLogger(SensSource.class);

  private final SourceContext context;
  private final HandOff<SensEvent> handOff;
  private final SessionNotifications notifications;

  SensSource(
      SourceContext context,
      SensTranslator translator,
      Function<SensListener, SessionNotifications> notifications) {
    this.context = context;
    this.handOff = new HandOff<>(context, translator::translate);
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
  }

  @Override
  public void heard(SensEvent event) {
    handOff.offer(event);
  }

  @Override
  public void subscribed(boolean late) {
    if (late) {
      LOG.info("source {}: Windows tells SENS events now", context.id());
    }
    context.intake().missed(late ? "registered_late" : "started");
  }

  @Override
  public void troubled(String what) {
    LOG.warn("source {}: {}", context.id(), what);
  }

  @Override
  public Health check() {
    return handOff.trouble().or(notifications::trouble).map(Health::degraded).orElse(Health.up());
  }

  @Override
  public void close() {
    notifications.close();
    handOff.close();
  }
}
