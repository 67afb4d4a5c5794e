package io.sessionbridge.cli.ask;

import com.google.inject.Injector;
import io.sessionbridge.bridge.BridgeConfigReader;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.bridge.Version;
import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.control.ControlClient;
import io.sessionbridge.control.ControlException;
import io.sessionbridge.spi.ControlTransport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which running agent a command asks. */
final class AgentOption {

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--control",
      paramLabel = "ADDRESS",
      description =
          "Socket or named pipe of the agent. Default: control.path of the configuration, else"
              + " where an agent with its data_dir listens.")
  private @Nullable String control;

  private @Nullable ControlTransport transport;
  private List<String> addresses = List.of();

  /** Whether the user names one, and means no other. */
  boolean isNamed() {
    return control != null;
  }

  /**
   * Connects to the agent.
   *
   * @throws CommandException if none answers, with what to do
   */
  ControlClient connect() throws CommandException {
    try {
      return reconnect();
    } catch (ControlException e) {
      throw new CommandException(
          e.getMessage()
              + "\nAn agent must run on this machine (sessionbridge run, or the service), and this"
              + " user must be allowed to ask it; --control names another one.",
          e);
    }
  }

  /** Connects, once more perhaps. */
  ControlClient reconnect() throws CommandException, ControlException {
    ControlTransport known = transport;
    if (known == null) {
      known = find();
      transport = known;
    }
    return ControlClient.connect(known, addresses, Version.text());
  }

  private ControlTransport find() throws CommandException {
    Injector injector = BridgeModule.injector();
    Plugins plugins = injector.getInstance(Plugins.class);
    ControlTransport found =
        plugins
            .control()
            .orElseThrow(
                () ->
                    new CommandException(
                        "agents cannot be asked on " + System.getProperty("os.name")));
    addresses =
        control == null
            ? BridgeConfigReader.controlAddresses(config.existingFile(), plugins, found)
            : List.of(control);
    if (addresses.isEmpty()) {
      throw new CommandException(
          config.file() + " says control: false, so this agent cannot be asked");
    }
    return found;
  }
}
