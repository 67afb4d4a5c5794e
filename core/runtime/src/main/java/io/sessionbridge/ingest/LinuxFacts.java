package io.sessionbridge.ingest;

import io.sessionbridge.spi.HostFacts;
import io.sessionbridge.storage.WholeFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Facts about this machine from files of Linux. On other systems the files are missing and little
 * more than the name is known.
 */
final class LinuxFacts implements HostFacts {

  private static final Logger LOG = LoggerFactory.getLogger(LinuxFacts.class);
  private static final List<Path> MACHINE_ID =
      List.of(Path.of("etc/machine-id"), Path.of("var/lib/dbus/machine-id"));
  private static final Path NAME = Path.of("proc/sys/kernel/hostname");
  private static final Path BOOT_ID = Path.of("proc/sys/kernel/random/boot_id");
  private static final Path UPTIME = Path.of("proc/uptime");

  /** Far more than any of these files contains. */
  private static final int MAX_BYTES = 4096;

  private final Path root;
  private final String fullName;

  /**
   * @param root the folder {@code /} of the machine
   */
  LinuxFacts(Path root) {
    this.root = root;
    this.fullName = firstOf(List.of(NAME)).orElseGet(LinuxFacts::nameOfNetwork);
  }

  private static String nameOfNetwork() {
    String ofWindows = System.getenv("COMPUTERNAME");
    if (ofWindows != null) {
      return ofWindows;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private Optional<String> firstOf(List<Path> files) {
    for (Path file : files) {
      try {
        String text =
            new String(WholeFile.read(root.resolve(file), MAX_BYTES), StandardCharsets.UTF_8)
                .strip();
        if (!text.isEmpty()) {
          return Optional.of(text);
        }
      } catch (IOException e) {
        LOG.debug("{} cannot be read: {}", file, e.getMessage());
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> machineId() {
    return firstOf(MACHINE_ID);
  }

  @Override
  public String name() {
    int dot = fullName.indexOf('.');
    return dot < 0 ? fullName : fullName.substring(0, dot);
  }

  @Override
  public Optional<String> fqdn() {
    return fullName.indexOf('.') < 0 ? Optional.empty() : Optional.of(fullName);
  }

  @Override
  public Optional<String> domain() {
    return fqdn().map(full -> full.substring(full.indexOf('.') + 1));
  }

  @Override
  public Optional<String> bootId() {
    return firstOf(List.of(BOOT_ID));
  }

  /** {@code /proc/uptime} includes sleep; the clock that Java uses does not. */
  @Override
  public OptionalLong uptimeMillis() {
    Optional<String> text = firstOf(List.of(UPTIME));
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      double seconds = Double.parseDouble(text.get().split(" ", 2)[0]);
      return OptionalLong.of(Math.round(seconds * 1000));
    } catch (NumberFormatException e) {
      LOG.debug("no uptime: {}", e.getMessage());
      return OptionalLong.empty();
    }
  }
}
