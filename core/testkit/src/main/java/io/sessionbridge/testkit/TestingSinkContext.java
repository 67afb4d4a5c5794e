package io.sessionbridge.testkit;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.SinkContext;
import java.nio.file.Path;

/** The context of a sink, made of fakes. */
public record TestingSinkContext(
    String id, TestingHost host, Clock clock, Path dataFolder, TestingMetrics metrics)
    implements SinkContext {

  /** The context of the sink {@code dst}, with its own fakes. */
  public TestingSinkContext(Clock clock, Path dataFolder) {
    this("dst", new TestingHost(), clock, dataFolder, new TestingMetrics());
  }
}
