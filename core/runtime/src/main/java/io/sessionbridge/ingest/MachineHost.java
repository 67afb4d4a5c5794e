package io.sessionbridge.ingest;

import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostFacts;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This machine. Its id is a UUID derived from the machine id at each start, so that a cloned disk
 * image on another machine appears as another host.
 */
public final class MachineHost implements Host {

  private static final Logger LOG = LoggerFactory.getLogger(MachineHost.class);

  private final HostFacts facts;
  private final String id;
  private final String name;
  private final Optional<String> fqdn;
  private final Optional<String> domain;
  private final Optional<String> bootId;

  private MachineHost(String id, HostFacts facts) {
    this.facts = facts;
    this.id = id;
    this.name = facts.name();
    this.fqdn = facts.fqdn();
    this.domain = facts.domain();
    this.bootId = facts.bootId();
  }

  /**
   * Detects the machine.
   *
   * @param configuredId {@code host: {id: ...}} of the configuration; takes precedence
   * @param bound facts from a plug-in; without them, those of Linux are used
   */
  public static MachineHost detect(Optional<String> configuredId, Optional<HostFacts> bound) {
    HostFacts facts = bound.orElseGet(() -> new LinuxFacts(Path.of("/")));
    String id =
        configuredId
            .or(() -> facts.machineId().map(machine -> NameUuid.of("machine:" + machine) + ""))
            .orElseGet(() -> ofName(facts.name()));
    return new MachineHost(id, facts);
  }

  private static String ofName(String name) {
    LOG.warn(
        "this machine has no machine-id: the host id is derived from its name, {}; set host.id if"
            + " names are not unique",
        name);
    return ForeignHost.id(name);
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

  @Override
  public Optional<String> bootId() {
    return bootId;
  }

  @Override
  public OptionalLong uptimeMillis() {
    return facts.uptimeMillis();
  }

  @Override
  public ZoneOffset localOffset(Instant time) {
    return ZoneId.systemDefault().getRules().getOffset(time);
  }
}
