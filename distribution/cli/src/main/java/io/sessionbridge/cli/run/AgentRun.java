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
import io.sessionbridge.clock.Clock;
import io.sessionbridge.sink.eventlog.messages.AgentEvent;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the agent, from its configuration to its end, in a console or as a service. */
public final class AgentRun {

  private static final Logger LOG = LoggerFactory.getLogger(AgentRun.class);

  /** What is done while the agent runs; it stops when this returns. */
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

  /** Reads the configuration, and fails with all that is wrong with it. */
  public static AgentRun of(ConfigOption option) {
    Injector injector = BridgeModule.injector();
    return new AgentRun(
        injector.getInstance(BridgeFactory.class), option.read(injector), option.file());
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
    AgentEventLog eventLog = AgentEventLog.open(config.toEventLog());
    try {
      return runToTheEnd(stop, meanwhile);
    } finally {
      eventLog.close();
    }
  }

  private int runToTheEnd(StopSignal stop, Meanwhile meanwhile)
      throws BridgeException, InterruptedException {
    HardHalt halt = new HardHalt(Clock.system(), config.shutdown(), Runtime.getRuntime()::halt);
    Bridge bridge = factory.create(config);
    bridge.onStopRequest(stop::ask);
    bridge.onEssentialEnd(
        () -> {
          halt.begin();
          stop.ask();
        });
    int code = run(bridge, stop, meanwhile);
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
    LOG.info(EventLogAppender.marker(AgentEvent.STOPPED), "sessionbridge stopped");
    return code;
  }

  private int run(Bridge bridge, StopSignal stop, Meanwhile meanwhile)
      throws BridgeException, InterruptedException {
    try (bridge) {
      bridge.start();
      LOG.info(
          EventLogAppender.marker(AgentEvent.STARTED),
          "sessionbridge {} runs: {}, {}, data in {}, configuration {}",
          Version.text(),
          Counted.of(config.sources(), "source"),
          Counted.of(config.sinks(), "sink"),
          config.dataDir().normalize(),
          file.toAbsolutePath().normalize());
      return meanwhile.run(bridge, stop);
    }
  }
}
