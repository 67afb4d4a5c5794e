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
 * Receives SENS notifications and hands them over. The thread {@code source-<id>-com} subscribes;
 * Windows calls on threads of its own, named {@code source-<id>-com-call}; {@code source-<id>}
 * emits.
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
  public void received(SensEvent event) {
    offer(event);
  }

  @Override
  public void subscribed(boolean late) {
    receiving(late);
  }

  @Override
  public void failed(String what) {
    LOG.warn("source {}: {}", context.id(), what);
  }
}
