package io.sessionbridge.benchmarks;

import com.google.inject.Injector;
import io.sessionbridge.bridge.Bridge;
import io.sessionbridge.bridge.BridgeConfigReader;
import io.sessionbridge.bridge.BridgeFactory;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.delivery.DeliveryLoop;
import io.sessionbridge.delivery.SinkTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole agent in a JVM of its own, with a clock beside it: opens a configuration, brings it
 * files to replay, and answers how long that took. A rename puts the complete file in place, so
 * that the measurement does not include writing it.
 */
public final class AgentProgram {

  private static final long LOOK_EVERY_NANOS = 2_000_000;
  private static final long PATIENCE_NANOS = 600_000_000_000L;

  private final Injector injector = BridgeModule.injector();
  private @Nullable Bridge bridge;

  private AgentProgram() {}

  public static void main(String[] args) throws Exception {
    AgentProgram agent = new AgentProgram();
    Answers.giveAll(agent::answer);
    agent.close();
  }

  private String answer(String[] words) throws Exception {
    return switch (words[0]) {
      case "open" -> open(Path.of(words[1]));
      case "close" -> close();
      case "carry" -> carry(words[1], move(words), Long.parseLong(words[4])).toLine();
      case "fill" -> fill(move(words), Long.parseLong(words[4]));
      case "drain" -> drain(words[1], Long.parseLong(words[2])).toLine();
      case "first" -> first(words[1]);
      default -> throw new IllegalArgumentException("unknown: " + words[0]);
    };
  }

  private String open(Path config) throws Exception {
    Bridge fresh =
        injector
            .getInstance(BridgeFactory.class)
            .create(BridgeConfigReader.read(config, injector.getInstance(Plugins.class)));
    fresh.start();
    bridge = fresh;
    return "open";
  }

  private String close() {
    Bridge open = bridge;
    bridge = null;
    if (open != null) {
      open.close();
    }
    return "closed";
  }

  /** The move of a prepared file to where the source looks, to be done when the clock is ready. */
  private interface Move {
    void run() throws IOException;
  }

  private static Move move(String[] words) {
    Path from = Path.of(words[2]);
    Path to = Path.of(words[3]);
    return () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** From the first events durable, milliseconds after the first byte was read, to the last ack. */
  private Work carry(String sink, Move file, long count) throws IOException {
    DeliveryLoop loop = loop(sink);
    SinkTotals before = loop.totals();
    file.run();
    await(() -> loop.totals().accepted() > before.accepted());
    Work.Watch watch = new Work.Watch();
    await(() -> loop.totals().delivered() >= before.delivered() + count);
    return watch.stop(count);
  }

  /** Only until everything is in the journal. */
  private String fill(Move file, long count) throws IOException {
    DeliveryLoop loop = open().loops().get(0);
    long before = loop.totals().accepted();
    file.run();
    await(() -> loop.totals().accepted() >= before + count);
    return "filled";
  }

  /**
   * From the first acknowledged batch, or the batch that completes the warm-up, to the last. Counts
   * only the events after it.
   */
  private Work drain(String sink, long warmUp) {
    DeliveryLoop loop = loop(sink);
    await(() -> loop.totals().delivered() >= Math.max(1, warmUp));
    long first = loop.totals().delivered();
    Work.Watch watch = new Work.Watch();
    await(() -> loop.totals().pending() == 0);
    return watch.stop(loop.totals().delivered() - first);
  }

  /** When one event more has arrived, in milliseconds since 1970. */
  private String first(String sink) {
    DeliveryLoop loop = loop(sink);
    long before = loop.totals().delivered();
    await(() -> loop.totals().delivered() > before);
    return Long.toString(System.currentTimeMillis());
  }

  private Bridge open() {
    Bridge open = bridge;
    if (open == null) {
      throw new IllegalStateException("nothing is open");
    }
    return open;
  }

  private DeliveryLoop loop(String sink) {
    return open().loops().stream()
        .filter(loop -> loop.sinkId().equals(sink))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no sink " + sink));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("the agent did not get there in ten minutes");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }
}
