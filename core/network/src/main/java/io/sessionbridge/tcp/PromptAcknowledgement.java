package io.sessionbridge.tcp;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Optional;

/**
 * Has TCP acknowledge at once what was read, where the system can be told so (Linux).
 *
 * <p>A peer under Nagle's algorithm holds its next small answer back until its last one is
 * acknowledged, and a system that has nothing to send waits 40 ms with that. So whoever sends a
 * batch and waits for the answers would wait those 40 ms at the end of every batch.
 */
public final class PromptAcknowledgement {

  /** By its name: the module that declares it (jdk.net) is missing in a small Java. */
  private static final String OPTION = "TCP_QUICKACK";

  private final Socket socket;
  private final Optional<SocketOption<Boolean>> option;

  private PromptAcknowledgement(Socket socket, Optional<SocketOption<Boolean>> option) {
    this.socket = socket;
    this.option = option;
  }

  /** Of a connected socket, which carries what the peer says. */
  public static PromptAcknowledgement of(Socket socket) {
    return new PromptAcknowledgement(
        socket,
        socket.supportedOptions().stream()
            .filter(option -> option.name().equals(OPTION))
            .findFirst()
            .map(PromptAcknowledgement::ofBoolean));
  }

  @SuppressWarnings("unchecked") // the only type that an option of this name has
  private static SocketOption<Boolean> ofBoolean(SocketOption<?> option) {
    return (SocketOption<Boolean>) option;
  }

  /** Whether this system can be told. */
  public boolean isSupported() {
    return option.isPresent();
  }

  /**
   * Asks for it. The system goes back to its own way after a while, so this belongs behind every
   * read of answers. Does nothing where it is not supported, or where the connection is gone, which
   * the next read tells.
   */
  public void request() {
    if (option.isEmpty()) {
      return;
    }
    try {
      socket.setOption(option.get(), true);
    } catch (IOException e) {
      return; // the next read says why
    }
  }
}
