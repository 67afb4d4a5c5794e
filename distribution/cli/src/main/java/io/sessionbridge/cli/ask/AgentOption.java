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

/** Selects the running agent for a command. */
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

  /** Whether the user named an agent explicitly. */
  boolean isNamed() {
    return control != null;
  }

  /**
   * Connects to the agent.
   *
   * @throws CommandException if none answers; the message says what to do
   */
  ControlClient connect() throws CommandException {
    try {
      return reconnect();
    } catch (ControlException e) {
      throw new CommandException(
          e.getMessage()
              + "\nAn agent must run on this machine (sessionbridge run, or the service), and this"
              + " user must have access to it; --control selects another agent.",
          e);
    }
  }

  /** Connects, possibly again. */
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
                        "the control channel is not available on "
                            + System.getProperty("os.name")));
    addresses =
        control == null
            ? BridgeConfigReader.controlAddresses(config.existingFile(), plugins, found)
            : List.of(control);
    if (addresses.isEmpty()) {
      throw new CommandException(
          config.file() + " has control: false, so this agent does not accept connections");
    }
    return found;
  }
}
