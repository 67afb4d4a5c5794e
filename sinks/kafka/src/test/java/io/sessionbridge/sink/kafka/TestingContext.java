package io.sessionbridge.sink.kafka;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.Metrics;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.StateBoard;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What a sink gets from the core, with counters that can be read and a clock that can be wrong. */
final class TestingContext implements SinkContext, Metrics {

  private final Path dataFolder;
  private final Map<String, AtomicLong> counters = new ConcurrentHashMap<>();
  private volatile Duration clockError = Duration.ZERO;

  TestingContext(Path dataFolder) {
    this.dataFolder = dataFolder;
  }

  void setClockError(Duration error) {
    clockError = error;
  }

  long count(String counter) {
    return counters.get(counter).get();
  }

  @Override
  public String id() {
    return "lake";
  }

  @Override
  public Clock clock() {
    Clock system = Clock.system();
    return new Clock() {
      @Override
      public Instant now() {
        return system.now().plus(clockError);
      }

      @Override
      public long nanoTime() {
        return system.nanoTime() + clockError.toNanos();
      }

      @Override
      public Signal signal() {
        return system.signal();
      }
    };
  }

  @Override
  public Path dataFolder() {
    return dataFolder;
  }

  @Override
  public Metrics metrics() {
    return this;
  }

  @Override
  public Counter counter(String name, String help) {
    AtomicLong count = counters.computeIfAbsent(name, unused -> new AtomicLong());
    return new Counter() {
      @Override
      public void add(long more) {
        count.addAndGet(more);
      }

      @Override
      public long value() {
        return count.get();
      }
    };
  }

  @Override
  public void gauge(String name, String help, LongSupplier value) {}

  @Override
  public StateBoard state() {
    return () -> new HostState(clock().now(), Health.up(), List.of());
  }

  @Override
  public Host host() {
    return new Host() {
      @Override
      public String id() {
        return "host-1";
      }

      @Override
      public String name() {
        return "PC1";
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
        return OptionalLong.empty();
      }

      @Override
      public ZoneOffset localOffset(Instant time) {
        return ZoneOffset.UTC;
      }
    };
  }
}
