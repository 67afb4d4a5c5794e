package io.sessionbridge.windows.service;

import java.util.Optional;

/** The events of this service. Any thread. */
public interface ServiceEvents {

  /** A subscription; no events arrive once {@code close} has returned. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Subscribes. The listener first receives events from before the first subscription. */
  Subscription subscribe(ServiceListener listener);

  /** Which notifications Windows refused; empty if none. Never blocks. */
  Optional<String> problem();

  /**
   * Renews the power registrations, which makes Windows send the current values. To be called after
   * a resume, on a thread that may block.
   */
  void renew();
}
