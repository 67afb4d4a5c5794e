package io.sessionbridge.sink.command.rules;

import io.sessionbridge.health.Health;
import io.sessionbridge.sink.command.config.OnRule;
import io.sessionbridge.spi.DeliveryException;
import java.util.List;

/** The rules of a sink as they are now. One thread, but for {@link #check}. */
public interface Rules extends AutoCloseable {

  /**
   * Looks for them.
   *
   * @throws DeliveryException if there are none and none are known from before: the events wait
   */
  List<OnRule> now() throws DeliveryException;

  /** Any thread. */
  Health check();

  /** Looks for nothing any more. */
  @Override
  void close();
}
