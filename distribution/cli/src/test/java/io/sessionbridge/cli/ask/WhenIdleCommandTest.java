package io.sessionbridge.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.control.ControlClient;
import io.sessionbridge.control.ControlException;
import io.sessionbridge.spi.ControlConnection;
import io.sessionbridge.spi.ControlListener;
import io.sessionbridge.spi.ControlTransport;
import io.sessionbridge.spi.NoListenerException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On Windows the command listens by itself, but only without an agent. */
class WhenIdleCommandTest {

  private static IOException nobody() {
    return new NoListenerException("nobody listens at pipe", new IOException("error 2"));
  }

  /** Of an agent, or of several, that cannot be connected. */
  private record Refusing(Map<String, IOException> failures) implements ControlTransport {
    @Override
    public List<String> defaultAddresses(Path dataDir) {
      return List.copyOf(failures.keySet());
    }

    @Override
    public Optional<String> problem(String address) {
      return Optional.empty();
    }

    @Override
    public ControlListener listen(String address) throws IOException {
      throw new IOException("only refuses");
    }

    @Override
    public ControlConnection connect(String address, Duration atMost) throws IOException {
      throw failures.get(address);
    }
  }

  private static boolean isWithoutAgent(Map<String, IOException> failures) throws Exception {
    try (ControlClient client =
        ControlClient.connect(new Refusing(failures), List.copyOf(failures.keySet()), "9.9")) {
      throw new AssertionError("connected: " + client.agentVersion());
    } catch (ControlException e) {
      return WhenIdleCommand.isWithoutAgent(new CommandException("no agent", e));
    }
  }

  @Test
  void withoutAPipeThereIsNoAgent() throws Exception {
    assertThat(isWithoutAgent(Map.of("service", nobody(), "own", nobody()))).isTrue();
  }

  /** Busy, another user's, or closed to this user: it may know of others who are there. */
  @Test
  void aPipeThatCannotBeUsedIsNotNone() throws Exception {
    IOException busy = new IOException("opening service failed with error 231");
    assertThat(isWithoutAgent(Map.of("service", busy, "own", nobody()))).isFalse();
    assertThat(isWithoutAgent(Map.of("service", nobody(), "own", busy))).isFalse();
  }

  @Test
  void aWrongConfigurationIsNotNone() {
    assertThat(WhenIdleCommand.isWithoutAgent(new CommandException("control: false"))).isFalse();
  }
}
