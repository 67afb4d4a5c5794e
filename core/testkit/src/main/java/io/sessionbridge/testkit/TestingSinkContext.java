package io.sessionbridge.testkit;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.SinkContext;
import java.nio.file.Path;

/** What the core gives a sink, made of fakes. */
public record TestingSinkContext(
    String id, TestingHost host, Clock clock, Path dataFolder, TestingMetrics metrics)
    implements SinkContext {

  /** The sink {@code dst} with fakes of its own. */
  public TestingSinkContext(Clock clock, Path dataFolder) {
    this("dst", new TestingHost(), clock, dataFolder, new TestingMetrics());
  }
}
