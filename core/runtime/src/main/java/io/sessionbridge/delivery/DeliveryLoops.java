package io.sessionbridge.delivery;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.journal.Cursor;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.metrics.MetricRegistry;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.SinkMemory;
import io.sessionbridge.spi.StateBoard;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Creates delivery loops from the parts that they share.
 *
 * @param latestHeartbeat the sequence of this agent's latest start or heartbeat event
 */
public record DeliveryLoops(
    Journal journal,
    DeadLetters deadLetters,
    Host host,
    Clock clock,
    StateBoard board,
    MetricRegistry metrics,
    LongSupplier latestHeartbeat) {

  /** Like the other method, with an unlimited budget. */
  public DeliveryLoop loop(
      String sinkId, SinkMaker maker, EventFormat format, SinkSettings settings)
      throws IOException {
    EventCost cost = EventCost.of(SinkMemory.USUAL);
    return loop(sinkId, maker, format, settings, BatchBudget.unlimited().share(0, cost));
  }

  /**
   * Creates the loop of one sink, which continues from its cursor.
   *
   * @param maker creates the sink before its first connect, with retries
   * @param share of the batch budget; closed with the loop
   * @throws IOException if the journal cannot be read
   */
  public DeliveryLoop loop(
      String sinkId,
      SinkMaker maker,
      EventFormat format,
      SinkSettings settings,
      BatchBudget.Share share)
      throws IOException {
    Cursor cursor = journal.cursors().open(sinkId, settings.start());
    StepReader reader =
        new StepReader(
            journal.reader(cursor.state()),
            settings.selection(),
            settings.privacy(),
            format,
            host,
            latestHeartbeat);
    DeliveryLoop loop =
        new DeliveryLoop(
            new DeliveryLoop.Parts(
                sinkId,
                new LazySink(sinkId, maker),
                journal,
                reader,
                new DeliveryLedger(sinkId, cursor, deadLetters, settings.privacy().isPlain()),
                settings,
                settings.privacy().of(board, host),
                clock,
                new Backoff(new SplittableRandom()),
                share));
    metrics.add("sink " + sinkId, new LoopMetrics(loop, share, clock));
    return loop;
  }
}
