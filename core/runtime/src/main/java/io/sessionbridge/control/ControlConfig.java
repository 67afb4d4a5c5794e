package io.sessionbridge.control;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;
import io.sessionbridge.spi.ControlTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code control}.
 *
 * @param enabled whether the agent answers at all
 * @param path where to listen; empty for the transport's default
 */
public record ControlConfig(boolean enabled, Optional<String> path) {

  /** The configuration without the section. */
  public static final ControlConfig DEFAULT = new ControlConfig(true, Optional.empty());

  /** No control channel. */
  public static final ControlConfig OFF = new ControlConfig(false, Optional.empty());

  private static final Key<String> PATH =
      Key.text("path")
          .optional(
              "socket, or named pipe on Windows; absent = control/socket in data_dir,"
                  + " or the service's pipe");

  /** The section's keys. */
  public static final ConfigSpec<ControlConfig> SPEC =
      ConfigSpec.of(values -> new ControlConfig(true, values.find(PATH)), PATH);

  /** The addresses to listen at and to connect to; the first one that works is used. */
  public List<String> addresses(ControlTransport transport, Path dataDir) {
    return path.map(List::of).orElseGet(() -> transport.defaultAddresses(dataDir));
  }

  /** Why the path cannot be used on this machine; empty if it can. */
  public Optional<String> problem(ControlTransport transport) {
    return path.flatMap(transport::problem);
  }
}
