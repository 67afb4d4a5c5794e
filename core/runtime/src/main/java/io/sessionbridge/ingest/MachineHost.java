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
 * This machine. Its id is a UUID of what the system tells, computed at each start, so that the disk
 * image of one machine on another one shows as another host.
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
   * Looks at the machine.
   *
   * @param configuredId {@code host: {id: ...}} of the configuration, which wins
   * @param bound what a plug-in knows of the machine; without it Linux is asked
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
    LOG.warn("this machine has no machine-id: the host id is made of its name, {}", name);
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
