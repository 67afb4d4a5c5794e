package io.sessionbridge.sink.file;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes lines to standard output. What the system took counts as delivered. */
final class ConsoleSink implements Sink {

  private final OutputStream out;
  private volatile Health health = Health.up();

  ConsoleSink(OutputStream out) {
    this.out = out;
  }

  @Override
  public void connect() {
    // standard output is there or not, as the write will show
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) {
    Lines lines = Lines.forTerminal(batch);
    try {
      out.write(lines.bytes());
      out.flush();
      health = Health.up();
      return DeliveryResult.settled(batch.size(), lines.rejected());
    } catch (IOException e) {
      health = Health.degraded("standard output cannot be written: " + e.getMessage());
      return DeliveryResult.unavailable(0, List.of(), health.detail());
    }
  }

  @Override
  public Health check() {
    return health;
  }

  @Override
  public void close() {
    // it belongs to the process
  }
}
