package io.sessionbridge.source.wts;

import io.sessionbridge.event.Observation;
import io.sessionbridge.source.windows.NotifiedSource;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.power.PowerEvent;
import io.sessionbridge.windows.power.PowerEvent.Undecoded;
import io.sessionbridge.windows.window.SessionListener;
import io.sessionbridge.windows.window.SessionNotifications;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the session changes that Windows posts to a window, and what it tells one of sleep, power
 * and the presence of the user; and hands them over. Its threads are {@code source-<id>-window},
 * which Windows calls, and {@code source-<id>}, which writes.
 *
 * <p>No other program ends it: see {@link io.sessionbridge.windows.window.SessionWindow}. What one
 * tried is in the log.
 */
final class WtsSource extends NotifiedSource<WindowEvent> implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(WtsSource.class);

  private final SourceContext context;
  private final SessionNotifications notifications;

  WtsSource(SourceContext context, Function<SessionListener, SessionNotifications> notifications) {
    super(context, LOG, heard -> take(context, heard));
    this.context = context;
    this.notifications = notifications.apply(this);
  }

  private static Optional<Observation> take(SourceContext context, Stamped<WindowEvent> heard) {
    if (heard.item() instanceof WindowEvent.Power power && power.event() instanceof Undecoded) {
      LOG.warn("source {}: a power setting arrived without its data", context.id());
    }
    WtsTranslator.condition(heard.item()).ifPresent(context.intake()::noted);
    return WtsTranslator.translate(heard);
  }

  @Override
  protected SessionNotifications notifications() {
    return notifications;
  }

  @Override
  public void start() throws SourceException {
    super.start();
    notifications.trouble().ifPresent(why -> LOG.warn("source {}: {}", context.id(), why));
    notifications.untold().ifPresent(what -> LOG.info("source {}: {}", context.id(), what));
  }

  @Override
  public void changed(SessionChange change) {
    hear(new WindowEvent.Session(change));
  }

  @Override
  public void power(PowerEvent event) {
    hear(new WindowEvent.Power(event));
  }

  @Override
  public void registered(boolean late) {
    listens(late);
  }

  @Override
  public void interference(String what) {
    LOG.warn("source {}: {}", context.id(), what);
  }
}
