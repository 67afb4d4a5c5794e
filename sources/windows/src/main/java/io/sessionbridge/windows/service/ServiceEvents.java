package io.sessionbridge.windows.service;

import java.util.Optional;

/** What Windows tells this service, for whoever subscribes. Any thread. */
public interface ServiceEvents {

  /** A subscription; nothing comes any more once its {@code close} has returned. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Listens from now on, and hears first what came while nobody did. */
  Subscription subscribe(ServiceListener listener);

  /** Why something does not come; empty if Windows has taken every request. Never blocks. */
  Optional<String> trouble();

  /**
   * Asks Windows again for what a service has to ask for, which makes it tell the present values
   * once more. To be called after the machine woke up, by a thread that may wait.
   */
  void renew();
}
