package io.sessionbridge.bridge;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.ingest.MachineHost;
import io.sessionbridge.metrics.MetricRegistry;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.Metrics;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Connects each sink of a configuration once, without starting the agent. Changes no file. */
public final class ConnectionCheck {

  /**
   * The result for one sink.
   *
   * @param problem empty if it connects
   */
  public record Result(String sinkId, Optional<String> problem) {}

  private record Context(
      String id,
      Host host,
      Clock clock,
      Path dataFolder,
      Metrics metrics,
      String bodyBeginning,
      Set<String> hidden,
      Optional<String> keyId)
      implements SinkContext {}

  private ConnectionCheck() {}

  /** One result per sink, in the order of the configuration. */
  public static List<Result> of(BridgeConfig config, Plugins plugins) throws InterruptedException {
    Host host = MachineHost.detect(config.hostId(), plugins.host());
    List<Result> results = new ArrayList<>();
    for (SinkEntry entry : config.sinks()) {
      results.add(new Result(entry.id(), connect(entry, config, host)));
    }
    return results;
  }

  private static Optional<String> connect(SinkEntry entry, BridgeConfig config, Host host)
      throws InterruptedException {
    Clock clock = Clock.system();
    Context context =
        new Context(
            entry.id() + "-check", // so that the peer distinguishes the check from a running agent
            entry.settings().privacy().of(host),
            clock,
            config.dataDir().resolve("sinks").resolve(entry.id()),
            new MetricRegistry().of("sink", entry.id()),
            entry.format().bodyBeginning(),
            entry.settings().privacy().hidden(),
            entry.settings().privacy().keyId());
    try (Sink sink = entry.createCheck().apply(context)) {
      sink.connect();
      return Optional.empty();
    } catch (DeliveryException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      return Optional.of("cannot be created or connected: " + e);
    }
  }
}
