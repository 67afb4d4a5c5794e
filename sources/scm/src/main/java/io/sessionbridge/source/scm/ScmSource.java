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
 * Hears what Windows tells the service that this agent is, and hands it over. The thread {@code
 * scm-handler}, for which Windows waits, only offers; {@code source-<id>} does the rest.
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
    found.trouble().ifPresent(why -> LOG.warn("source {}: {}", context.id(), why));
    context.intake().missed("started");
  }

  @Override
  public void heard(ServiceEvent event) {
    handOff.offer(event);
  }

  @Override
  public void lost(long count) {
    context.intake().lost(count, "handoff_full");
  }

  private Optional<Observation> take(Stamped<ServiceEvent> heard) {
    ServiceEvent event = heard.item();
    ScmTranslator.condition(event).ifPresent(context.intake()::noted);
    if (event instanceof Undecoded unknown) {
      LOG.warn("source {}: Windows sent a control without its data: {}", context.id(), unknown);
      context.intake().missed("undecoded_control");
    }
    if (event instanceof PowerChanged power && power.event() instanceof Resumed) {
      renew();
    }
    return ScmTranslator.translate(heard);
  }

  /** Nobody says what became of the registrations and of the sessions meanwhile. */
  private void renew() {
    ServiceEvents known = events;
    if (known != null) {
      known.renew();
    }
    context.intake().missed("resumed");
  }

  @Override
  public Health check() {
    return handOff.trouble().or(this::trouble).map(Health::degraded).orElse(Health.up());
  }

  private Optional<String> trouble() {
    ServiceEvents known = events;
    return known == null ? Optional.empty() : known.trouble();
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.close();
    }
    handOff.close();
  }
}
