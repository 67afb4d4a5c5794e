package io.sessionbridge.source.scm;

import io.sessionbridge.windows.service.ServiceEvent;
import io.sessionbridge.windows.service.ServiceEvents;
import io.sessionbridge.windows.service.ServiceListener;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The service manager, as far as a source sees it. The test's thread plays the handler's. */
final class TestingServiceEvents implements ServiceEvents {

  final AtomicInteger renewals = new AtomicInteger();
  volatile Optional<String> problem = Optional.empty();
  volatile @Nullable ServiceListener listener;

  @Override
  public Subscription subscribe(ServiceListener newListener) {
    listener = newListener;
    return () -> listener = null;
  }

  void send(ServiceEvent event) {
    ServiceListener known = listener;
    if (known != null) {
      known.received(event);
    }
  }

  @Override
  public Optional<String> problem() {
    return problem;
  }

  @Override
  public void renew() {
    renewals.incrementAndGet();
  }
}
