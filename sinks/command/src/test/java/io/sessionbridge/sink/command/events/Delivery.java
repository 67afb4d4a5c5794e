package io.sessionbridge.sink.command.events;

import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Delivers on a thread of its own, as a delivery loop does. */
final class Delivery {

  private final AtomicReference<DeliveryResult> result = new AtomicReference<>();
  private volatile boolean interrupted;
  private final Thread thread;

  Delivery(OnSink sink, List<EncodedEvent> batch) {
    thread =
        new Thread(
            () -> {
              result.set(sink.deliver(batch));
              interrupted = Thread.currentThread().isInterrupted();
            });
    thread.start();
  }

  /** As the stop of the agent does. */
  void interrupt() {
    thread.interrupt();
  }

  DeliveryResult result() throws InterruptedException {
    thread.join();
    return result.get();
  }

  /** Whether the thread was still interrupted after the delivery. */
  boolean leftInterrupted() {
    return interrupted;
  }
}
