package io.sessionbridge.tcp;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Optional;

/**
 * Makes TCP acknowledge received data at once, where the system supports that (Linux).
 *
 * <p>A peer with Nagle's algorithm delays its next small response until the previous one is
 * acknowledged, and a system without data to send delays the acknowledgement by 40 ms. A client
 * that sends a batch and waits for the responses would lose those 40 ms at the end of every batch.
 */
public final class PromptAcknowledgement {

  /** Looked up by name: the module that declares it (jdk.net) may be missing in a small runtime. */
  private static final String OPTION = "TCP_QUICKACK";

  private final Socket socket;
  private final Optional<SocketOption<Boolean>> option;

  private PromptAcknowledgement(Socket socket, Optional<SocketOption<Boolean>> option) {
    this.socket = socket;
    this.option = option;
  }

  /** For a connected socket. */
  public static PromptAcknowledgement of(Socket socket) {
    return new PromptAcknowledgement(
        socket,
        socket.supportedOptions().stream()
            .filter(option -> option.name().equals(OPTION))
            .findFirst()
            .map(PromptAcknowledgement::ofBoolean));
  }

  @SuppressWarnings("unchecked") // the option with this name has this type
  private static SocketOption<Boolean> ofBoolean(SocketOption<?> option) {
    return (SocketOption<Boolean>) option;
  }

  /** Whether this system supports it. */
  public boolean isSupported() {
    return option.isPresent();
  }

  /**
   * Requests it. The setting does not last, so call this after every read. Does nothing if it is
   * not supported, or if the connection is lost: the next read reports that.
   */
  public void request() {
    if (option.isEmpty()) {
      return;
    }
    try {
      socket.setOption(option.get(), true);
    } catch (IOException e) {
      return; // the next read reports the reason
    }
  }
}
