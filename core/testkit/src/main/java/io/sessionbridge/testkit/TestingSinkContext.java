package io.sessionbridge.testkit;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.StateBoard;
import java.nio.file.Path;
import java.util.List;

/** What the core gives a sink, made of fakes. */
public record TestingSinkContext(
    String id,
    TestingHost host,
    Clock clock,
    Path dataFolder,
    TestingMetrics metrics,
    StateBoard state)
    implements SinkContext {

  /** The sink {@code dst} with fakes of its own; nobody is logged on. */
  public TestingSinkContext(Clock clock, Path dataFolder) {
    this(
        "dst",
        new TestingHost(),
        clock,
        dataFolder,
        new TestingMetrics(),
        () -> new HostState(clock.now(), Health.up(), List.of()));
  }
}
