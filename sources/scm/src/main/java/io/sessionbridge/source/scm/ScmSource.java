package io.sessionbridge.source.scm;

import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.HandOff;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.windows.power.PowerEvent.Resumed;
import io.sessionbridge.windows.service.ServiceEvent;
import io.sessionbridge.windows.service.ServiceEvent.PowerChanged;
import io.sessionbridge.windows.service.ServiceEvent.Undecoded;
import io.sessionbridge.windows.service.ServiceEvents;
import io.sessionbridge.windows.service.ServiceListener;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the controls that Windows sends to this service, and hands them over. Windows waits for
 * the thread {@code scm-handler}, which only queues; {@code source-<id>} does the rest.
 */
final class ScmSource implements Source, ServiceListener {

  private static final Logger LOG = LoggerFactory.getLogger(ScmSource.class);

  private final SourceContext context;
  private final Supplier<Optional<ServiceEvents>> service;
  private final HandOff<ServiceEvent> handOff;
  private volatile @Nullable ServiceEvents events;
  private ServiceEvents.@Nullable Subscription subscription;

  ScmSource(SourceContext context, Supplier<Optional<ServiceEvents>> service) {
    this.context = context;
    this.service = service;
    this.handOff = new HandOff<>(context, this::take);
  }

  @Override
  public void start() throws SourceException {
    ServiceEvents found =
        service
            .get()
            .orElseThrow(
                () ->
                    new SourceException(
                        "type scm works only in a Windows service, and this is not one; use"
                            + " sessionbridge service install and sessionbridge service start, or"
                            + " type wts"));
    events = found;
    handOff.start();
    subscription = found.subscribe(this);
    found.problem().ifPresent(why -> LOG.warn("source {}: {}", context.id(), why));
    context.intake().reconcile("started");
  }

  @Override
  public void received(ServiceEvent event) {
    handOff.offer(event);
  }

  @Override
  public void lost(long count) {
    context.intake().lost(count, "handoff_full");
  }

  private Optional<Observation> take(Stamped<ServiceEvent> received) {
    ServiceEvent event = received.item();
    ScmTranslator.condition(event).ifPresent(context.intake()::reportCondition);
    if (event instanceof Undecoded unknown) {
      LOG.warn("source {}: Windows sent a control without its data: {}", context.id(), unknown);
      context.intake().reconcile("undecoded_control");
    }
    if (event instanceof PowerChanged power && power.event() instanceof Resumed) {
      renew();
    }
    return ScmTranslator.translate(received);
  }

  /** After a resume, registrations may be lost and sessions may have changed. */
  private void renew() {
    ServiceEvents known = events;
    if (known != null) {
      known.renew();
    }
    context.intake().reconcile("resumed");
  }

  @Override
  public Health check() {
    return handOff.problem().or(this::problem).map(Health::degraded).orElse(Health.up());
  }

  private Optional<String> problem() {
    ServiceEvents known = events;
    return known == null ? Optional.empty() : known.problem();
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.close();
    }
    handOff.close();
  }
}
