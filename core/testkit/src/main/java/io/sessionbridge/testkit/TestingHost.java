package io.sessionbridge.testkit;

import io.sessionbridge.spi.Host;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/** A machine with constant values. */
public record TestingHost(String id, String name) implements Host {

  public TestingHost() {
    this("6f0c8f6e-5a52-5d0b-9c57-1f0a2b3c4d5e", "WS-TEST");
  }

  @Override
  public Optional<String> fqdn() {
    return Optional.empty();
  }

  @Override
  public Optional<String> domain() {
    return Optional.empty();
  }

  @Override
  public OptionalLong uptimeMillis() {
    return OptionalLong.of(3_600_000);
  }

  @Override
  public ZoneOffset localOffset(Instant time) {
    return ZoneOffset.ofHours(1);
  }
}
