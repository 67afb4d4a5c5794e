package io.sessionbridge.testkit;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.SourceContext;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The context of a source, made of fakes. */
public record TestingSourceContext(
    String id,
    String type,
    TestingIntake intake,
    Clock clock,
    Host host,
    Path dataFolder,
    TestingMetrics metrics,
    List<String> stopRequests,
    List<Throwable> threadEnds)
    implements SourceContext {

  /** The context of the source {@code src}, with its own fakes. */
  public TestingSourceContext(Clock clock, Path dataFolder) {
    this(
        "src",
        "testing",
        new TestingIntake(),
        clock,
        new TestingHost(),
        dataFolder,
        new TestingMetrics(),
        new CopyOnWriteArrayList<>(),
        new CopyOnWriteArrayList<>());
  }

  /** Returns a copy with another host. */
  public TestingSourceContext withHost(Host other) {
    return new TestingSourceContext(
        id, type, intake, clock, other, dataFolder, metrics, stopRequests, threadEnds);
  }

  @Override
  public void requestStop(String reason) {
    stopRequests.add(reason);
  }

  @Override
  public void threadEnded(Throwable cause) {
    threadEnds.add(cause);
  }
}
