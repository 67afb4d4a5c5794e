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
 * Keeps the journal and the states in the same order: under one lock, the tracker applies a report
 * and the resulting events are appended. The lock is not held while waiting for the disk. Several
 * writes may be in flight, each on top of the previous ones; once durable, they are committed to
 * the states in order.
 *
 * <p>Thread-safe.
 */
final class OrderedWrites {

  /** The change of a write to the states. Called again if the write is retried. */
  @FunctionalInterface
  interface Change {
    void applyTo(Write write);
  }

  /** A write in flight to the disk. */
  static final class Written {
    private final Write write;
    private final List<Observation> events;

    /**
     * The append of the events. For a write without events, the append below it: if that fails, so
     * does this write. Null if there is nothing to wait for.
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

    /** The append of the events; empty if there are none. */
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
   * The result of an attempt to write.
   *
   * @param written empty if the reservation is too small
   * @param bytes size of the events
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
   * @param board receives the durable state of this host and its sequence; called under the lock
   * @param onChange called after that state changed, outside of the lock
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
   * Applies a change and appends the resulting events.
   *
   * @param encoding of the resulting events
   * @param room for them
   */
  Attempt write(Change change, Function<List<Observation>, List<Entry>> encoding, Reservation room)
      throws IOException, InterruptedException {
    order.lockInterruptibly();
    try {
      while (true) {
        Attempt attempt = attempt(change, encoding, room);
        if (attempt != null) {
          return attempt;
        }
      }
    } finally {
      order.unlock();
    }
  }

  /** Null if the append got other sequences than expected. */
  private @Nullable Attempt attempt(
      Change change, Function<List<Observation>, List<Entry>> encoding, Reservation room)
      throws IOException, InterruptedException {
    long first = journal.lastSequence() + 1;
    settle(); // afterwards, because a failed append may have returned its sequences
    Write write = hosts.begin(index -> EventId.of(journal.epoch(), first + index));
    boolean taken = false;
    try {
      change.applyTo(write);
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
   * Waits until the write is durable and commits it.
   *
   * @throws JournalException if it failed; then nothing of it is committed
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

  /** Marks that changes may have been missed. Does not wait for the disk. */
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

  /** Discards failed writes and commits durable ones. */
  private void settle() {
    long durable = journal.durableSequence(); // first, so that failures up to there are known
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

  /** The committed states and their sequence. */
  Snapshot snapshot() {
    order.lock();
    try {
      settle();
      return new Snapshot(settledSequence(), hosts.own(), hosts.others());
    } finally {
      order.unlock();
    }
  }

  /** The sequence up to which the states are committed. */
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

  /** How many states of other hosts were evicted. */
  long evicted() {
    order.lock();
    try {
      return hosts.evicted();
    } finally {
      order.unlock();
    }
  }
}
