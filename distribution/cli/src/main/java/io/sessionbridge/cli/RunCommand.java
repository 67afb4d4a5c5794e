package io.sessionbridge.cli;

import com.google.inject.Injector;
import io.sessionbridge.bridge.Bridge;
import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeException;
import io.sessionbridge.bridge.BridgeFactory;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.Drained;
import io.sessionbridge.bridge.Version;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The agent. */
@Command(
    name = "run",
    description = "Runs the agent until it is told to stop.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--exit-when-drained",
      description = "Ends once all finite sources are done and all sinks have everything.")
  private boolean exitWhenDrained;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = DurationText.class,
      description = "With --exit-when-drained: fails after this time (${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofMinutes(10);

  @Override
  public Integer call() throws BridgeException, InterruptedException {
    Injector injector = BridgeModule.injector();
    BridgeConfig read = config.read(injector);
    LogLevel.set(read.logLevel());
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook = new Thread(() -> stopAndWait(stop, stopped), "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try (Bridge bridge = injector.getInstance(BridgeFactory.class).create(read)) {
      bridge.onStopRequest(stop::countDown);
      bridge.start();
      LOG.info(
          "sessionbridge {} runs: {} sources, {} sinks, data in {}",
          Version.text(),
          read.sources().size(),
          read.sinks().size(),
          read.dataDir());
      if (exitWhenDrained) {
        return drain(bridge, stop);
      }
      stop.await();
      return ExitCode.DONE;
    } finally {
      LOG.info("sessionbridge stopped");
      stopped.countDown();
      removeHook(hook);
    }
  }

  private int drain(Bridge bridge, CountDownLatch stop) throws InterruptedException {
    Drained drained = bridge.awaitDrained(timeout, () -> stop.getCount() == 0);
    drained.problems().forEach(problem -> System.err.println("sessionbridge: " + problem));
    return drained.complete() ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** Runs in the shutdown hook: the process lives until everything is closed. */
  private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("the process ends already");
    }
  }
}
