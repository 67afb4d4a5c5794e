package io.sessionbridge.testkit;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.SourceContext;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the core gives a source, made of fakes. */
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

  /** The source {@code src} with fakes of its own. */
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

  /** The same on another host. */
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
