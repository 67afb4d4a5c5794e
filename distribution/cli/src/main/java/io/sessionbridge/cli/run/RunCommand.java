package io.sessionbridge.cli.run;

import io.sessionbridge.bridge.Bridge;
import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeException;
import io.sessionbridge.bridge.Drained;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.cli.DurationText;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.cli.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the agent. */
@Command(
    name = "run",
    description = "Runs the agent until it is stopped.",
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--exit-when-drained",
      description = "Ends when all finite sources are done and all sinks have all events.")
  private boolean exitWhenDrained;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "With --exit-when-drained: fails after this time. Default: 10m.")
  private @Nullable Duration timeout;

  @Override
  public Integer call() throws BridgeException, InterruptedException {
    if (timeout != null && !exitWhenDrained) {
      System.err.println(
          "sessionbridge: --timeout has no effect without --exit-when-drained: add that, or remove"
              + " --timeout");
      return ExitCode.USAGE;
    }
    AgentRun agent = AgentRun.of(config);
    if (exitWhenDrained && refusesEndless(agent.config())) {
      return ExitCode.USAGE;
    }
    LogLevel.set(agent.config().logLevel());
    try (StopSignal stop = StopSignal.install()) {
      return agent.run(stop, exitWhenDrained ? this::drain : RunCommand::untilStopped);
    }
  }

  /** A run that must end cannot wait for an endless source. */
  private static boolean refusesEndless(BridgeConfig config) {
    List<String> problems =
        config.sources().stream()
            .flatMap(
                source ->
                    source.endless().stream()
                        .map(
                            why ->
                                "source "
                                    + source.id()
                                    + " never ends ("
                                    + why
                                    + "), so --exit-when-drained would never exit:"
                                    + " remove one of them"))
            .toList();
    problems.forEach(problem -> System.err.println("sessionbridge: " + problem));
    return !problems.isEmpty();
  }

  /** Waits for the stop signal. */
  public static int untilStopped(Bridge bridge, StopSignal stop) throws InterruptedException {
    stop.await();
    return ExitCode.DONE;
  }

  private int drain(Bridge bridge, StopSignal stop) throws InterruptedException {
    Duration atMost = timeout == null ? DEFAULT_TIMEOUT : timeout;
    Drained drained = bridge.awaitDrained(atMost, stop::isAsked);
    drained.problems().forEach(problem -> System.err.println("sessionbridge: " + problem));
    return drained.complete() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
