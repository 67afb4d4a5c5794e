package io.sessionbridge.delivery;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.StateSink;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates a sink at its first connect. A sink that cannot be created is therefore retried like one
 * that cannot connect, and stops neither the agent nor other sinks. Forwards the state if the
 * created sink is a {@link StateSink}.
 */
final class LazySink implements StateSink {

  private static final Logger LOG = LoggerFactory.getLogger(LazySink.class);

  private final String sinkId;
  private final SinkMaker maker;
  private volatile @Nullable Sink made;
  private @Nullable String failure;

  LazySink(String sinkId, SinkMaker maker) {
    this.sinkId = sinkId;
    this.maker = maker;
  }

  @Override
  public void connect() throws DeliveryException, InterruptedException {
    Sink sink = made;
    if (sink == null) {
      sink = make();
      made = sink;
    }
    sink.connect();
  }

  private Sink make() throws DeliveryException, InterruptedException {
    try {
      return maker.make();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | LinkageError e) { // a missing native library affects only this sink
      if (!e.toString().equals(failure)) {
        failure = e.toString();
        LOG.error("sink {} cannot be created; retrying", sinkId, e);
      }
      throw new DeliveryException("cannot be created; retrying: " + e);
    }
  }

  private Sink made() {
    return Objects.requireNonNull(made, "connect must be called first");
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) throws InterruptedException {
    return made().deliver(batch);
  }

  @Override
  public void probe() throws DeliveryException, InterruptedException {
    made().probe();
  }

  @Override
  public void show(HostState now) throws DeliveryException, InterruptedException {
    if (made() instanceof StateSink shows) {
      shows.show(now);
    }
  }

  @Override
  public Health check() {
    Sink sink = made;
    return sink == null ? Health.degraded("the sink has not been created yet") : sink.check();
  }

  @Override
  public void close() {
    Sink sink = made;
    if (sink != null) {
      sink.close();
    }
  }
}
