package io.sessionbridge.cli;

import io.sessionbridge.bridge.Bridge;
import io.sessionbridge.bridge.BridgeException;
import io.sessionbridge.config.ConfigException;
import io.sessionbridge.windows.SessionWindow;
import io.sessionbridge.windows.service.EventLog;
import io.sessionbridge.windows.service.ServiceControl;
import io.sessionbridge.windows.service.ServiceManager;
import io.sessionbridge.windows.service.ServiceProgram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent as a Windows service. It runs when its sources listen, and stops with the process's
 * exit code as its error. Why it could not start is in the event log of Windows, for until the
 * configuration is read there is no other place.
 */
final class AgentService implements ServiceProgram {

  static final String NAME = "SessionBridge";

  private static final Logger LOG = LoggerFactory.getLogger(AgentService.class);

  private final ConfigOption config;

  AgentService(ConfigOption config) {
    this.config = config;
  }

  /** The services of this machine; what is done to them is printed. */
  static ServiceManager manager(String command) throws CommandException {
    if (!SessionWindow.isSupported()) {
      throw new CommandException(
          "there are no Windows services on "
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
      AgentRun agent = AgentRun.of(config);
      ServiceLog.open(agent.config().dataDir());
      LogLevel.set(agent.config().logLevel());
      try (StopSignal stop = StopSignal.install()) {
        control.onStop(stop::ask);
        return agent.run(stop, (bridge, asked) -> untilStopped(control, bridge, asked));
      }
    } catch (ConfigException e) {
      return failed(e, ExitCode.CONFIGURATION);
    } catch (BridgeException | CommandException e) {
      return failed(e, ExitCode.FAILED);
    }
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
    EventLog.error(NAME, "SessionBridge cannot run: " + e.getMessage());
    return code;
  }
}
