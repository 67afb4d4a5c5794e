package io.sessionbridge.cli.run;

import com.google.inject.Injector;
import io.sessionbridge.bridge.Bridge;
import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeException;
import io.sessionbridge.bridge.BridgeFactory;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.Version;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.cli.Counted;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.StopSignal;
import io.sessionbridge.cli.cache.ClassCache;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.config.ConfigLayers;
import io.sessionbridge.sink.eventlog.messages.AgentEvent;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the agent, in a console or as a service. */
public final class AgentRun {

  private static final Logger LOG = LoggerFactory.getLogger(AgentRun.class);

  /** The work while the agent runs; the agent stops when it returns. */
  @FunctionalInterface
  public interface Meanwhile {

    /** Returns the exit code. */
    int run(Bridge bridge, StopSignal stop) throws InterruptedException;
  }

  private final BridgeFactory factory;
  private final BridgeConfig config;
  private final Path file;

  private AgentRun(BridgeFactory factory, BridgeConfig config, Path file) {
    this.factory = factory;
    this.config = config;
    this.file = file;
  }

  /** For an agent in a console. Reads the configuration, and fails with all of its problems. */
  public static AgentRun of(ConfigOption option) {
    return of(option, LayerAccess.ofConsole());
  }

  /**
   * Reads the configuration, and fails with all of its problems.
   *
   * @param judge decides about {@code conf.d} and each file in it
   */
  public static AgentRun of(ConfigOption option, ConfigLayers.Judge judge) {
    Injector injector = BridgeModule.injector();
    return new AgentRun(
        injector.getInstance(BridgeFactory.class), option.read(injector, judge), option.file());
  }

  public BridgeConfig config() {
    return config;
  }

  /**
   * Runs the agent. Returns when it has stopped and everything is closed.
   *
   * @return the exit code: that of {@code meanwhile}, or that of an essential part that ended
   */
  public int run(StopSignal stop, Meanwhile meanwhile)
      throws BridgeException, InterruptedException {
    return run(stop, meanwhile, AgentEventLog.open(config.toEventLog()));
  }

  /** Runs the agent, and closes the event log at the end. */
  int run(StopSignal stop, Meanwhile meanwhile, AgentEventLog eventLog)
      throws BridgeException, InterruptedException {
    try (eventLog) {
      return runToTheEnd(stop, meanwhile, eventLog);
    }
  }

  private int runToTheEnd(StopSignal stop, Meanwhile meanwhile, AgentEventLog eventLog)
      throws BridgeException, InterruptedException {
    ClassCache.reportUnused();
    HardHalt halt = new HardHalt(Clock.system(), config.shutdown(), Runtime.getRuntime()::halt);
    Bridge bridge = factory.create(config);
    bridge.onStopRequest(stop::ask);
    bridge.onEssentialEnd(
        () -> {
          halt.begin();
          stop.ask();
        });
    int code = run(bridge, stop, meanwhile, eventLog);
    halt.stopped();
    Optional<String> end = bridge.essentialEnd();
    if (end.isPresent()) {
      LOG.error(
          EventLogAppender.marker(AgentEvent.CANNOT_RUN),
          "sessionbridge stopped because its component {} was stopped by an unexpected error (a"
              + " defect in SessionBridge)",
          end.get());
      return ExitCode.ESSENTIAL_PART_ENDED;
    }
    report(eventLog, AgentEvent.STOPPED, "sessionbridge stopped");
    return code;
  }

  private int run(Bridge bridge, StopSignal stop, Meanwhile meanwhile, AgentEventLog eventLog)
      throws BridgeException, InterruptedException {
    try (bridge) {
      bridge.start();
      report(
          eventLog,
          AgentEvent.STARTED,
          "sessionbridge %s runs: %s, %s, data in %s, configuration %s"
              .formatted(
                  Version.text(),
                  Counted.of(config.sources(), "source"),
                  Counted.of(config.sinks(), "sink"),
                  config.dataDir().normalize(),
                  file.toAbsolutePath().normalize()));
      return meanwhile.run(bridge, stop);
    }
  }

  /** Reports start and stop to the event log even if the agent's log level excludes them. */
  private static void report(AgentEventLog eventLog, AgentEvent event, String text) {
    LOG.info("{}", text);
    eventLog.write(event, text);
  }
}
