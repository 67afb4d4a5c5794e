package io.sessionbridge.ingest;

import io.sessionbridge.event.EventId;
import io.sessionbridge.event.Observation;
import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalException;
import io.sessionbridge.journal.Reservation;
import io.sessionbridge.sessions.HostSessions;
import io.sessionbridge.sessions.TrackedHosts;
import io.sessionbridge.sessions.TrackedHosts.Write;
import io.sessionbridge.sessions.TrackerStep;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What orders everything: under one lock the tracker takes a report in, and what comes of it is
 * appended. So the journal and the states see the same order. The lock is never held while waiting
 * for the disk: several writes may be on their way at once, each on top of those before, and what
 * is durable becomes the state in their order.
 *
 * <p>Safe for use by several threads.
 */
final class OrderedWrites {

  /** What a write does to the states. Called again if the write has to be made again. */
  @FunctionalInterface
  interface Making {
    void make(Write write);
  }

  /** A write on its way to the disk. */
  static final class Written {
    private final Write write;
    private final List<Observation> events;

    /**
     * The events, or, of a write without any, what it was made on top of: if that fails, so does
     * this. Null if there is nothing to wait for.
     */
    private final @Nullable Appended awaited;

    private boolean settled;

    private Written(Write write, List<Observation> events, @Nullable Appended awaited) {
      this.write = write;
      this.events = events;
      this.awaited = awaited;
    }

    List<Observation> events() {
      return events;
    }

    /** The group of the events; empty if there are none. */
    Optional<Appended> appended() {
      return events.isEmpty() ? Optional.empty() : Optional.ofNullable(awaited);
    }

    private boolean hasFailed() {
      return awaited != null && awaited.hasFailed();
    }

    private boolean isDurable(long durable) {
      return awaited == null || awaited.last() <= durable;
    }
  }

  /**
   * What became of an attempt to write.
   *
   * @param written empty if the reservation is too small
   * @param bytes that the events take
   */
  record Attempt(Optional<Written> written, long bytes) {}

  /** States that are durable up to a sequence. */
  record Snapshot(long sequence, HostSessions own, List<HostSessions> others) {}

  private final Journal journal;
  private final Checkpoint checkpoint;
  private final TrackedHosts hosts;
  private final ObjLongConsumer<HostSessions> board;
  private final Runnable onChange;
  private final ReentrantLock order = new ReentrantLock();
  private final Deque<Written> open = new ArrayDeque<>();
  private HostSessions shown;

  /**
   * @param board shows what is durable of the own host, and up to which sequence; called under the
   *     lock
   * @param onChange called after a change of that, outside of it
   */
  OrderedWrites(
      Journal journal,
      Checkpoint checkpoint,
      TrackedHosts hosts,
      ObjLongConsumer<HostSessions> board,
      Runnable onChange) {
    this.journal = journal;
    this.checkpoint = checkpoint;
    this.hosts = hosts;
    this.board = board;
    this.onChange = onChange;
    this.shown = hosts.own();
    board.accept(shown, journal.durableSequence());
  }

  /**
   * Takes a write in and appends what comes of it.
   *
   * @param encoding of the events that come of it
   * @param room for them
   */
  Attempt write(Making making, Function<List<Observation>, List<Entry>> encoding, Reservation room)
      throws IOException, InterruptedException {
    order.lockInterruptibly();
    try {
      while (true) {
        Attempt attempt = attempt(making, encoding, room);
        if (attempt != null) {
          return attempt;
        }
      }
    } finally {
      order.unlock();
    }
  }

  /** Null if other sequences have been given out than foreseen. */
  private @Nullable Attempt attempt(
      Making making, Function<List<Observation>, List<Entry>> encoding, Reservation room)
      throws IOException, InterruptedException {
    long first = journal.lastSequence() + 1;
    settle(); // afterwards: what has failed may have given its sequences back
    Write write = hosts.begin(index -> EventId.of(journal.epoch(), first + index));
    boolean taken = false;
    try {
      making.make(write);
      List<Observation> events = write.events();
      List<Entry> entries = encoding.apply(events);
      if (!room.covers(entries)) {
        return new Attempt(Optional.empty(), Journal.bytesOf(entries));
      }
      Appended awaited = open.isEmpty() ? null : open.getLast().awaited;
      if (!entries.isEmpty()) {
        Optional<Appended> appended = checkpoint.begin(() -> journal.append(first, entries, room));
        if (appended.isEmpty()) {
          return null;
        }
        awaited = appended.get();
      }
      Written written = new Written(write, events, awaited);
      open.addLast(written);
      taken = true;
      return new Attempt(Optional.of(written), Journal.bytesOf(entries));
    } finally {
      if (!taken) {
        hosts.discard(write);
      }
    }
  }

  /**
   * Waits until the write is durable, and makes it the state.
   *
   * @throws JournalException if it failed; nothing of it is the state
   */
  void await(Written written) throws JournalException, InterruptedException {
    try {
      if (written.awaited != null) {
        journal.awaitDurable(written.awaited);
      }
    } finally {
      conclude(written);
    }
  }

  private void conclude(Written written) {
    boolean changed = false;
    order.lock();
    try {
      if (!written.settled) {
        settle();
      }
      HostSessions own = hosts.own();
      board.accept(own, settledSequence());
      changed = own != shown;
      shown = own;
    } finally {
      order.unlock();
    }
    if (changed) {
      onChange.run();
    }
  }

  /** Something may have happened unheard from now on. Waits for no disk. */
  void missed() {
    order.lock();
    try {
      settle();
      Write write = hosts.begin(index -> "");
      write.own(
          (tracker, before, ids) -> new TrackerStep(tracker.missed(before), List.of(), 0, 0, 0));
      Appended before = open.isEmpty() ? null : open.getLast().awaited;
      open.addLast(new Written(write, List.of(), before));
      settle();
    } finally {
      order.unlock();
    }
  }

  /** Decides all whose fate is known. */
  private void settle() {
    long durable = journal.durableSequence(); // first: what failed up to there is known by then
    for (Iterator<Written> each = open.iterator(); each.hasNext(); ) {
      Written written = each.next();
      if (written.hasFailed()) {
        each.remove();
        written.settled = true;
        hosts.discard(written.write);
      }
    }
    while (!open.isEmpty() && open.getFirst().isDurable(durable)) {
      Written written = open.removeFirst();
      written.settled = true;
      hosts.commit(written.write);
    }
  }

  /** The states, and up to where they stand in the journal. */
  Snapshot snapshot() {
    order.lock();
    try {
      settle();
      return new Snapshot(settledSequence(), hosts.own(), hosts.others());
    } finally {
      order.unlock();
    }
  }

  /** Up to where the states stand in the journal. */
  private long settledSequence() {
    long sequence = journal.durableSequence();
    for (Written written : open) {
      Appended first = written.appended().orElse(null);
      if (first != null) {
        sequence = Math.min(sequence, first.first() - 1);
      }
    }
    return sequence;
  }

  /** How many states of other hosts had to leave. */
  long evicted() {
    order.lock();
    try {
      return hosts.evicted();
    } finally {
      order.unlock();
    }
  }
}
