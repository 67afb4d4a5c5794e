package io.sessionbridge.source.sens;

import io.sessionbridge.source.windows.NotifiedSource;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.windows.com.SensEvent;
import io.sessionbridge.windows.com.SensListener;
import io.sessionbridge.windows.window.SessionNotifications;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what SENS tells, and hands it over. Its threads are {@code source-<id>-com}, which
 * subscribes, those of Windows that call, seen as {@code source-<id>-com-call}, and {@code
 * source-<id>}, which writes.
 */
final class SensSource extends NotifiedSource<SensEvent> implements SensListener {

  private static final Logger LOG = LoggerFactory.getLogger(SensSource.class);

  private final SourceContext context;
  private final SessionNotifications notifications;

  SensSource(
      SourceContext context,
      SensTranslator translator,
      Function<SensListener, SessionNotifications> notifications) {
    super(context, LOG, translator::translate);
    this.context = context;
    this.notifications = notifications.apply(this);
  }

  @Override
  protected SessionNotifications notifications() {
    return notifications;
  }

  @Override
  public void heard(SensEvent event) {
    hear(event);
  }

  @Override
  public void subscribed(boolean late) {
    listens(late);
  }

  @Override
  public void troubled(String what) {
    LOG.warn("source {}: {}", context.id(), what);
  }
}
