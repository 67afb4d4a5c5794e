package io.sessionbridge.delivery;

import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.privacy.Privacy;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.Host;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the events of a journal as they become durable. It has no cursor, so the journal keeps
 * nothing for it, and a view that falls too far behind skips events. One thread.
 */
public final class EventView implements AutoCloseable {

  /** A view that lags by more records than this skips ahead. */
  private static final long MAX_LAG = 5_000;

  /** The lag after skipping, because a viewer wants the newest events. */
  private static final long LAG_AFTER_SKIP = 500;

  private static final int EVENTS_AT_ONCE = 200;
  private static final long BYTES_AT_ONCE = 1 << 18;

  private final Journal journal;
  private final Set<Kind> kinds;
  private StepReader steps;
  private long position;

  /**
   * Events since the last call.
   *
   * @param skipped number of sequences skipped
   */
  public record Batch(long skipped, List<EncodedEvent> events) {
    public Batch {
      events = List.copyOf(events);
    }
  }

  /**
   * Creates a view that starts with the next event.
   *
   * @param selection of a sink, or {@link Selection#ALL}
   * @param privacy of the sink, so that the view shows what the sink receives
   * @param kinds only these kinds, and gaps; all if empty
   */
  public EventView(
      Journal journal,
      Selection selection,
      Privacy privacy,
      Set<Kind> kinds,
      EventFormat format,
      Host host) {
    this.journal = journal;
    this.kinds = Set.copyOf(kinds);
    this.position = journal.durableSequence();
    this.steps =
        new StepReader(journal.reader(position), selection, privacy, format, host, () -> 0);
  }

  /**
   * The next events that became durable. One call reads a limited number of records and may return
   * no events although later records match.
   */
  public Batch next() throws IOException {
    long skipped = skip();
    List<EncodedEvent> events = new ArrayList<>();
    long begin = position;
    boolean more = true;
    while (more && events.isEmpty() && position - begin < MAX_LAG) {
      List<Step> some = steps.read(EVENTS_AT_ONCE, BYTES_AT_ONCE);
      more = !some.isEmpty();
      for (Step step : some) {
        position = step.upTo();
        if (step instanceof Step.Send send && isWanted(send.event().event())) {
          events.add(send.event());
        }
      }
    }
    return new Batch(skipped, events);
  }

  private boolean isWanted(SessionEvent event) {
    return kinds.isEmpty() || event.kind() == Kind.GAP || kinds.contains(event.kind());
  }

  private long skip() throws IOException {
    long last = journal.durableSequence();
    if (last - position <= MAX_LAG) {
      return 0;
    }
    long target = last - LAG_AFTER_SKIP;
    long skipped = target - position;
    steps.close();
    steps = steps.over(journal.reader(target));
    position = target;
    return skipped;
  }

  /** The newest event of a journal; empty if there is none or it cannot be read. */
  public static Optional<SessionEvent> last(Journal journal, EventFormat format, Host host)
      throws IOException {
    long last = journal.durableSequence();
    if (last == 0) {
      return Optional.empty();
    }
    try (JournalReader reader = journal.reader(last - 1);
        StepReader steps = new StepReader(reader, Selection.ALL, format, host, () -> 0)) {
      return steps.read(1, BYTES_AT_ONCE).stream()
          .filter(Step.Send.class::isInstance)
          .map(step -> ((Step.Send) step).event().event())
          .findFirst();
    }
  }

  @Override
  public void close() throws IOException {
    steps.close();
  }
}
