package io.sessionbridge.sink.syslog;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Like the delivery loop, connects and delivers until all is settled. */
final class TestingLoop {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Sink sink;
  private final int batch;
  private final List<String> failures = new ArrayList<>();
  private final List<String> rejections = new ArrayList<>();
  private boolean connected;

  TestingLoop(Sink sink, int batch) {
    this.sink = sink;
    this.batch = batch;
  }

  /** Called between two batches. */
  interface Between {
    void run(int settled) throws Exception;
  }

  void deliver(List<EncodedEvent> events) throws Exception {
    deliver(events, settled -> {});
  }

  void deliver(List<EncodedEvent> events, Between between) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int settled = 0;
    while (settled < events.size()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within 60 s, settled " + settled + ", failures " + failures);
      }
      if (!connected && !connect()) {
        boolean unused = Clock.system().signal().await(Duration.ofMillis(50));
        continue;
      }
      DeliveryResult result =
          sink.deliver(events.subList(settled, Math.min(events.size(), settled + batch)));
      settled += result.settled();
      result.rejected().forEach(one -> rejections.add(one.reason()));
      result.retry().ifPresent(failure -> failures.add(failure.message()));
      connected = result.retry().isEmpty();
      between.run(settled);
    }
  }

  /** While there is nothing to send: probes, and connects again when a probe fails. */
  void idle(Callable<Boolean> over) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!over.call()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within 60 s, failures " + failures);
      }
      boolean unused = Clock.system().signal().await(Duration.ofMillis(50));
      if (!connected && !connect()) {
        continue;
      }
      try {
        sink.probe();
      } catch (DeliveryException e) {
        failures.add(String.valueOf(e.getMessage()));
        connected = false;
      }
    }
  }

  private boolean connect() throws InterruptedException {
    try {
      sink.connect();
      connected = true;
    } catch (DeliveryException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
    return connected;
  }

  List<String> failures() {
    return failures;
  }

  List<String> rejections() {
    return rejections;
  }
}
