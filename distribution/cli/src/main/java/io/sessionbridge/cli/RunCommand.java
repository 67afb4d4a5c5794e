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
    try (StopSignal stop = StopSignal.install()) {
      int code = run(injector.getInstance(BridgeFactory.class), read, stop);
      LOG.info("sessionbridge stopped");
      return code;
    }
  }

  private int run(BridgeFactory factory, BridgeConfig read, StopSignal stop)
      throws BridgeException, InterruptedException {
    try (Bridge bridge = factory.create(read)) {
      bridge.onStopRequest(stop::ask);
      bridge.start();
      LOG.info(
          "sessionbridge {} runs: {}, {}, data in {}",
          Version.text(),
          Counted.of(read.sources(), "source"),
          Counted.of(read.sinks(), "sink"),
          read.dataDir());
      if (exitWhenDrained) {
        return drain(bridge, stop);
      }
      stop.await();
      return ExitCode.DONE;
    }
  }

  private int drain(Bridge bridge, StopSignal stop) throws InterruptedException {
    Drained drained = bridge.awaitDrained(timeout, stop::isAsked);
    drained.problems().forEach(problem -> System.err.println("sessionbridge: " + problem));
    return drained.complete() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
