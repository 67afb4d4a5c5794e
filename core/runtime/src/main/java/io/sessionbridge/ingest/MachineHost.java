package io.sessionbridge.ingest;

import io.sessionbridge.spi.Host;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This machine as Linux describes it. The id is a UUID of {@code /etc/machine-id}, computed at each
 * start, so that the disk image of one machine on another one shows as another host.
 *
 * <p>On Windows, where a file of that name may be anybody's, nothing but the name is known here.
 */
public final class MachineHost implements Host {

  private static final Logger LOG = LoggerFactory.getLogger(MachineHost.class);
  private static final List<Path> MACHINE_ID =
      List.of(Path.of("/etc/machine-id"), Path.of("/var/lib/dbus/machine-id"));
  private static final Path UPTIME = Path.of("/proc/uptime");

  private final String id;
  private final String name;
  private final Optional<String> fqdn;
  private final Optional<String> domain;
  private final Optional<Path> uptimeFile;

  private MachineHost(
      String id,
      String name,
      Optional<String> fqdn,
      Optional<String> domain,
      Optional<Path> uptimeFile) {
    this.id = id;
    this.name = name;
    this.fqdn = fqdn;
    this.domain = domain;
    this.uptimeFile = uptimeFile;
  }

  /**
   * Looks at the machine.
   *
   * @param configuredId {@code host: {id: ...}} of the configuration, which wins
   */
  public static MachineHost detect(Optional<String> configuredId) {
    String ofWindows = System.getenv("COMPUTERNAME");
    return ofWindows == null
        ? detect(configuredId, nameOfLinux(), MACHINE_ID, Optional.of(UPTIME))
        : detect(configuredId, ofWindows, List.of(), Optional.empty());
  }

  static MachineHost detect(
      Optional<String> configuredId,
      String fullName,
      List<Path> machineIds,
      Optional<Path> uptimeFile) {
    int dot = fullName.indexOf('.');
    String name = dot < 0 ? fullName : fullName.substring(0, dot);
    Optional<String> fqdn = dot < 0 ? Optional.empty() : Optional.of(fullName);
    Optional<String> domain = fqdn.map(full -> full.substring(dot + 1));
    String id =
        configuredId
            .or(() -> machineId(machineIds).map(machine -> NameUuid.of("machine:" + machine) + ""))
            .orElseGet(() -> ofName(name));
    return new MachineHost(id, name, fqdn, domain, uptimeFile);
  }

  private static String ofName(String name) {
    LOG.warn("this machine has no machine-id: the host id is made of its name, {}", name);
    return ForeignHost.id(name);
  }

  private static Optional<String> machineId(List<Path> files) {
    for (Path file : files) {
      try {
        String id = Files.readString(file).strip();
        if (!id.isEmpty()) {
          return Optional.of(id);
        }
      } catch (IOException e) {
        LOG.debug("{} cannot be read: {}", file, e.getMessage());
      }
    }
    return Optional.empty();
  }

  private static String nameOfLinux() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException noProc) {
      return nameOfNetwork();
    }
  }

  private static String nameOfNetwork() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> fqdn() {
    return fqdn;
  }

  @Override
  public Optional<String> domain() {
    return domain;
  }

  /** Linux counts sleep in {@code /proc/uptime}, but not in the clock that Java offers. */
  @Override
  public OptionalLong uptimeMillis() {
    if (uptimeFile.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      String text = Files.readString(uptimeFile.get());
      double seconds = Double.parseDouble(text.substring(0, text.indexOf(' ')));
      return OptionalLong.of(Math.round(seconds * 1000));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      LOG.debug("no uptime: {}", e.getMessage());
      return OptionalLong.empty();
    }
  }

  @Override
  public ZoneOffset localOffset(Instant time) {
    return ZoneId.systemDefault().getRules().getOffset(time);
  }
}
