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
 * Makes delivery loops: what they all share.
 *
 * @param newestSignOfLife the sequence of this agent's newest start or heartbeat
 */
public record DeliveryLoops(
    Journal journal,
    DeadLetters deadLetters,
    Host host,
    Clock clock,
    StateBoard board,
    MetricRegistry metrics,
    LongSupplier newestSignOfLife) {

  /** As the other, for a sink that shares the heap with nobody. */
  public DeliveryLoop loop(
      String sinkId, SinkMaker maker, EventFormat format, SinkSettings settings)
      throws IOException {
    EventCost cost = EventCost.of(SinkMemory.USUAL);
    return loop(sinkId, maker, format, settings, BatchBudget.unlimited().share(0, cost));
  }

  /**
   * Makes the loop of one sink, which goes on from its cursor.
   *
   * @param maker makes the sink when the loop first connects it, and again while that fails
   * @param share of the heap; closed with the loop
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
            newestSignOfLife);
    DeliveryLoop loop =
        new DeliveryLoop(
            new DeliveryLoop.Parts(
                sinkId,
                new LateSink(sinkId, maker),
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
