package io.sessionbridge.source.wts;

import io.sessionbridge.source.windows.NotifiedSource;
import io.sessionbridge.source.windows.SessionChangeTranslator;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.SessionListener;
import io.sessionbridge.windows.SessionNotifications;
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
final class WtsSource extends NotifiedSource<SessionChange> implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(WtsSource.class);

  private final SourceContext context;
  private final SessionNotifications notifications;

  WtsSource(SourceContext context, Function<SessionListener, SessionNotifications> notifications) {
    super(context, LOG, SessionChangeTranslator::translate);
    this.context = context;
    this.notifications = notifications.apply(this);
  }

  @Override
  protected SessionNotifications notifications() {
    return notifications;
  }

  @Override
  public void start() throws SourceException {
    super.start();
    notifications.trouble().ifPresent(why -> LOG.warn("source {}: {}", context.id(), why));
  }

  @Override
  public void changed(SessionChange change) {
    hear(change);
  }

  @Override
  public void registered(boolean late) {
    listens(late);
  }

  @Override
  public void ended() {
    context.requestStop("another program closed the window of source " + context.id());
  }
}
