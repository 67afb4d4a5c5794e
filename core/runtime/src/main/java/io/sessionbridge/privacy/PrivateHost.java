package io.sessionbridge.privacy;

import io.sessionbridge.spi.Host;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/** A host with pseudonyms instead of names, the same as in its events. */
record PrivateHost(Host host, Pseudonyms pseudonyms) implements Host {

  @Override
  public String id() {
    return pseudonyms.of(NameType.HOST_ID, host.id());
  }

  @Override
  public String name() {
    return pseudonyms.of(NameType.HOST, host.name());
  }

  @Override
  public Optional<String> fqdn() {
    return host.fqdn().map(name -> pseudonyms.of(NameType.HOST, name));
  }

  @Override
  public Optional<String> domain() {
    return host.domain().map(name -> pseudonyms.of(NameType.DOMAIN, name));
  }

  @Override
  public Optional<String> bootId() {
    return host.bootId().map(id -> pseudonyms.of(NameType.BOOT, id));
  }

  @Override
  public OptionalLong uptimeMillis() {
    return host.uptimeMillis();
  }

  @Override
  public ZoneOffset localOffset(Instant time) {
    return host.localOffset(time);
  }
}
