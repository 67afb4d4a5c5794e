package io.sessionbridge.sink.file;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes lines to standard output. An event counts as delivered when the system accepted it. */
final class ConsoleSink implements Sink {

  private final OutputStream out;
  private volatile Health health = Health.up();

  ConsoleSink(OutputStream out) {
    this.out = out;
  }

  @Override
  public void connect() {
    // a missing standard output shows at the first write
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
    // standard output belongs to the process
  }
}
