package io.sessionbridge.sink.command.rules;

import io.sessionbridge.health.Health;
import io.sessionbridge.sink.command.config.OnRule;
import io.sessionbridge.spi.DeliveryException;
import java.util.List;

/** The current rules of a sink. One thread, except {@link #check}. */
public interface Rules extends AutoCloseable {

  /**
   * Returns the current rules.
   *
   * @throws DeliveryException if no rules are known yet: the events wait
   */
  List<OnRule> now() throws DeliveryException;

  /** Any thread. */
  Health check();

  /** Stops reading. */
  @Override
  void close();
}
