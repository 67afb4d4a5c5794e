package io.sessionbridge.ingest;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.Host;
import io.sessionbridge.testkit.TestingHost;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/** A machine whose uptime follows the clock of a test. */
record TickingHost(Clock clock, Instant start) implements Host {

  private static final TestingHost NAMES = new TestingHost("own-id", "OWN");

  static TickingHost from(Clock clock) {
    return new TickingHost(clock, clock.now());
  }

  @Override
  public String id() {
    return NAMES.id();
  }

  @Override
  public String name() {
    return NAMES.name();
  }

  @Override
  public Optional<String> fqdn() {
    return NAMES.fqdn();
  }

  @Override
  public Optional<String> domain() {
    return NAMES.domain();
  }

  @Override
  public OptionalLong uptimeMillis() {
    return OptionalLong.of(1_000_000 + Duration.between(start, clock.now()).toMillis());
  }

  @Override
  public ZoneOffset localOffset(Instant time) {
    return ZoneOffset.UTC;
  }
}
