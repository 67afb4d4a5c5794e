package io.sessionbridge.sink.syslog;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import java.util.List;

/** Counts the events that must arrive, so that a test can wait for them. */
final class CountedSink implements Sink {

  private final Sink sink;
  private final int[] count;

  CountedSink(Sink sink, int[] count) {
    this.sink = sink;
    this.count = count;
  }

  @Override
  public void connect() throws DeliveryException, InterruptedException {
    sink.connect();
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) throws InterruptedException {
    DeliveryResult result = sink.deliver(batch);
    count[0] += result.settled() - result.rejected().size();
    return result;
  }

  @Override
  public void probe() throws DeliveryException, InterruptedException {
    sink.probe();
  }

  @Override
  public Health check() {
    return sink.check();
  }

  @Override
  public void close() {
    try {
      sink.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
