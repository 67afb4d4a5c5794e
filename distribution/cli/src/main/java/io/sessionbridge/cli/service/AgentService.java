package io.sessionbridge.cli.service;

import io.sessionbridge.bridge.Bridge;
import io.sessionbridge.bridge.BridgeException;
import io.sessionbridge.bridge.DataLayout;
import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.cli.StopSignal;
import io.sessionbridge.cli.run.AgentEventLog;
import io.sessionbridge.cli.run.AgentRun;
import io.sessionbridge.cli.run.LayerAccess;
import io.sessionbridge.cli.run.RunCommand;
import io.sessionbridge.config.ConfigException;
import io.sessionbridge.sink.eventlog.messages.AgentEvent;
import io.sessionbridge.windows.access.AccessException;
import io.sessionbridge.windows.access.DataFolder;
import io.sessionbridge.windows.access.DataFolder.Readers;
import io.sessionbridge.windows.access.DataFolder.Unsafe;
import io.sessionbridge.windows.service.ServiceControl;
import io.sessionbridge.windows.service.ServiceManager;
import io.sessionbridge.windows.service.ServiceProgram;
import io.sessionbridge.windows.window.SessionWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent as a Windows service. It reports running once its sources listen, and stops with the
 * process's exit code as its error, so that Windows restarts it. A problem that needs an
 * administrator (a wrong configuration, a data folder that others can change) stops it without an
 * error, since restarts would not help. The reason is in the service's log and in the Windows event
 * log.
 */
final class AgentService implements ServiceProgram {

  static final String NAME = "SessionBridge";

  private static final Logger LOG = LoggerFactory.getLogger(AgentService.class);

  private final ConfigOption config;
  private final Unsafe unsafe;

  /**
   * A service that is not started yet.
   *
   * @param unsafe how to treat a data folder that others can change
   */
  AgentService(ConfigOption config, Unsafe unsafe) {
    this.config = config;
    this.unsafe = unsafe;
  }

  /** The services of this machine; prints the changes. */
  static ServiceManager manager(String command) throws CommandException {
    if (!SessionWindow.isSupported()) {
      throw new CommandException(
          "Windows services do not exist on "
              + System.getProperty("os.name")
              + "; with systemd: systemctl "
              + command
              + ", see sessionbridge service install");
    }
    return new ServiceManager(System.out::println);
  }

  @Override
  public int run(ServiceControl control) throws InterruptedException {
    try {
      Optional<Path> installed = installedDataDir();
      if (installed.isPresent()) {
        openLog(installed.get()); // for the problems of the configuration
      }
      AgentRun agent =
          AgentRun.of(config, LayerAccess.ofService(unsafe == Unsafe.ALLOWED, LOG::warn));
      Path dataDir = agent.config().dataDir().toAbsolutePath().normalize();
      if (!installed.equals(Optional.of(dataDir))) {
        openLog(dataDir);
      }
      LogLevel.set(agent.config().logLevel());
      if (installed.isEmpty()) {
        LOG.warn("the service was installed by an earlier version; run service install again");
      }
      try (StopSignal stop = StopSignal.install()) {
        control.onStop(stop::ask);
        return agent.run(stop, (bridge, asked) -> untilStopped(control, bridge, asked));
      }
    } catch (ConfigException | AccessException e) {
      return failed(e, DONE);
    } catch (BridgeException | CommandException | IOException e) {
      return failed(e, ExitCode.FAILED);
    }
  }

  private static Optional<Path> installedDataDir() {
    return Optional.ofNullable(System.getProperty(ServiceCommandLine.DATA_PROPERTY)).map(Path::of);
  }

  /** Secures the folder before anything is written to it. */
  private void openLog(Path dataDir) throws AccessException, CommandException, IOException {
    List<String> done = new ArrayList<>();
    new DataFolder(DataLayout.folders(), unsafe, done::add).secure(dataDir, Readers.KEEP);
    ServiceLog.open(dataDir);
    done.forEach(LOG::warn);
  }

  private static int untilStopped(ServiceControl control, Bridge bridge, StopSignal stop)
      throws InterruptedException {
    control.running();
    int code = RunCommand.untilStopped(bridge, stop);
    control.stopping();
    return code;
  }

  private static int failed(Exception e, int code) {
    LOG.error("sessionbridge cannot run: {}", e.getMessage());
    AgentEventLog.report(AgentEvent.CANNOT_RUN, "SessionBridge cannot run: " + e.getMessage());
    return code;
  }
}
