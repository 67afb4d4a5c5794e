package io.sessionbridge.sink.command;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.HostUse;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Sinks with real programs, and what they are told. */
final class TestingCommands {

  private static final long LIMIT_NANOS = 60_000_000_000L;

  private final TestingEvents events = new TestingEvents("json");
  private final TestingSinkContext context;
  private long number;

  TestingCommands(Path folder) {
    this.context = new TestingSinkContext(Clock.system(), folder);
  }

  TestingSinkContext context() {
    return context;
  }

  CommandSinkConfig config(String yaml) {
    return TestingConfig.read(CommandSinkConfig.SPEC, yaml);
  }

  OnSink on(String yaml) {
    return (OnSink) new CommandSinkFactory().create(context, config(yaml));
  }

  WhileSink follow(String yaml) {
    return (WhileSink) new CommandSinkFactory().create(context, config(yaml));
  }

  /** An event of now. */
  EncodedEvent event(EventData.Builder data) {
    return event(data, Instant.now());
  }

  EncodedEvent event(EventData.Builder data, Instant time) {
    return events.of(++number, time, data.build());
  }

  EncodedEvent logon() {
    return event(TestingEvents.data(Kind.LOGON));
  }

  long count(String name) {
    return context.metrics().count(name);
  }

  long gauge(String name) {
    return context.metrics().gauge(name);
  }

  static HostState activity(HostActivity.State state) {
    return new HostState(
        Instant.EPOCH,
        Health.up(),
        List.of(),
        HostCondition.UNKNOWN,
        Optional.of(new HostActivity(state, Instant.EPOCH, HostActivity.NOBODY)),
        HostUse.UNKNOWN,
        true);
  }

  /** Looks until it is true. */
  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("has not come: " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }
}
