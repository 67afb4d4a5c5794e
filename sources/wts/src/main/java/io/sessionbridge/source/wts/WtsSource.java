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
 * Receives session changes, sleep, power and presence notifications through a window, and hands
 * them over. Windows calls it on the thread {@code source-<id>-window}; {@code source-<id>} emits.
 *
 * <p>Other programs cannot end it, see {@link io.sessionbridge.windows.window.SessionWindow}.
 * Attempts are logged.
 */
final class WtsSource extends NotifiedSource<WindowEvent> implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(WtsSource.class);

  private final SourceContext context;
  private final SessionNotifications notifications;

  WtsSource(SourceContext context, Function<SessionListener, SessionNotifications> notifications) {
    super(context, LOG, received -> take(context, received));
    this.context = context;
    this.notifications = notifications.apply(this);
  }

  private static Optional<Observation> take(SourceContext context, Stamped<WindowEvent> received) {
    if (received.item() instanceof WindowEvent.Power power && power.event() instanceof Undecoded) {
      LOG.warn("source {}: a power setting arrived without its data", context.id());
    }
    WtsTranslator.condition(received.item()).ifPresent(context.intake()::reportCondition);
    return WtsTranslator.translate(received);
  }

  @Override
  protected SessionNotifications notifications() {
    return notifications;
  }

  @Override
  public void start() throws SourceException {
    super.start();
    notifications.problem().ifPresent(why -> LOG.warn("source {}: {}", context.id(), why));
    notifications.unreported().ifPresent(what -> LOG.info("source {}: {}", context.id(), what));
  }

  @Override
  public void changed(SessionChange change) {
    offer(new WindowEvent.Session(change));
  }

  @Override
  public void power(PowerEvent event) {
    offer(new WindowEvent.Power(event));
  }

  @Override
  public void registered(boolean late) {
    receiving(late);
  }

  @Override
  public void interference(String what) {
    LOG.warn("source {}: {}", context.id(), what);
  }
}
