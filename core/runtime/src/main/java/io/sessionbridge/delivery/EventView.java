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
 * Shows the events of a journal as they become durable. It has no cursor: nothing is kept for it,
 * and what it has not read when too much more has come it never shows. One thread.
 */
public final class EventView implements AutoCloseable {

  /** Who is farther behind than that does not read. */
  private static final long MOST_BEHIND = 5_000;

  /** Where it goes on then: the newest are what a viewer wants to see. */
  private static final long KEPT = 500;

  private static final int EVENTS_AT_ONCE = 200;
  private static final long BYTES_AT_ONCE = 1 << 18;

  private final Journal journal;
  private final Set<Kind> kinds;
  private StepReader steps;
  private long position;

  /**
   * What came since the last look.
   *
   * @param skipped the sequences passed over
   */
  public record News(long skipped, List<EncodedEvent> events) {
    public News {
      events = List.copyOf(events);
    }
  }

  /**
   * A view that begins now.
   *
   * @param selection of a sink, or {@link Selection#ALL}
   * @param privacy of the sink, so that the view shows what the sink gets
   * @param kinds only these, and gaps; all if empty
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
   * What became durable since the last call, or a part of it: none means that nothing wanted is
   * there, as far as one call reads.
   */
  public News next() throws IOException {
    long skipped = skip();
    List<EncodedEvent> events = new ArrayList<>();
    long begin = position;
    boolean more = true;
    while (more && events.isEmpty() && position - begin < MOST_BEHIND) {
      List<Step> some = steps.read(EVENTS_AT_ONCE, BYTES_AT_ONCE);
      more = !some.isEmpty();
      for (Step step : some) {
        position = step.upTo();
        if (step instanceof Step.Send send && isWanted(send.event().event())) {
          events.add(send.event());
        }
      }
    }
    return new News(skipped, events);
  }

  private boolean isWanted(SessionEvent event) {
    return kinds.isEmpty() || event.kind() == Kind.GAP || kinds.contains(event.kind());
  }

  private long skip() throws IOException {
    long last = journal.durableSequence();
    if (last - position <= MOST_BEHIND) {
      return 0;
    }
    long target = last - KEPT;
    long skipped = target - position;
    steps.close();
    steps = steps.over(journal.reader(target));
    position = target;
    return skipped;
  }

  /** The newest event of a journal; empty if it has none, or none that can be read. */
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
