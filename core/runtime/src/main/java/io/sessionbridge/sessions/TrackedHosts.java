package io.sessionbridge.sessions;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The states of all hosts: always that of the agent's own host, and those of other hosts within a
 * memory limit, with the least recently used evicted first. Recorded events about the own host are
 * kept apart from its live state, like those of another host.
 *
 * <p>A write carries the new states with its events. Several writes may be in flight, each on top
 * of the previous ones. Durable writes are adopted in order. If one fails, the later ones are
 * replayed onto the state before it.
 *
 * <p>Not thread-safe: the caller that orders the events holds a lock.
 */
public final class TrackedHosts {

  /** The approximate memory limit for the states of other hosts. */
  public static final long FOREIGN_BYTES = 64L << 20;

  /** They may take this fraction of the heap, from the third that is kept free. */
  private static final int HEAP_PARTS = 8;

  private enum Outcome {
    IN_FLIGHT,
    DURABLE,
    FAILED
  }

  /** The events of one write and the states that result from it. */
  public final class Write {
    private final EventIds ids;
    private final List<Observation> events = new ArrayList<>();
    private final Map<String, HostSessions> after = new LinkedHashMap<>();
    private Outcome outcome = Outcome.IN_FLIGHT;

    private Write(EventIds ids) {
      this.ids = ids;
    }

    /**
     * Applies a report about any host. Does not throw: if the tracker fails, the report is written
     * unchanged.
     */
    public TrackerStep apply(Report report) {
      String slot = slot(report.observation());
      return added(slot, tracker(slot).apply(head(slot), report, ids.after(events.size())));
    }

    /**
     * Applies a step to the own host, for the passing of time, conditions and comparisons. Does not
     * throw: a step that fails changes nothing.
     */
    public TrackerStep own(OwnStep step) {
      return added(OWN, live.own(step, head(OWN), ids.after(events.size())));
    }

    private TrackerStep added(String slot, TrackerStep step) {
      events.addAll(step.events());
      after.put(slot, step.after());
      return step;
    }

    /** The events to write. */
    public List<Observation> events() {
      return List.copyOf(events);
    }

    private void replay() {
      after.clear();
      for (Observation event : events) {
        String slot = slot(event);
        after.put(slot, tracker(slot).absorb(headBefore(this, slot), event));
      }
    }
  }

  /** A tracker step on the state of the own host. */
  @FunctionalInterface
  public interface OwnStep {
    TrackerStep take(SessionTracker tracker, HostSessions before, EventIds ids);
  }

  /** Not a valid host id, so it cannot clash with one. */
  private static final String OWN = "";

  private final String ownHostId;
  private final GuardedTracker live;
  private final GuardedTracker foreign;
  private final AtomicLong defects = new AtomicLong();
  private final long maxForeignBytes;
  private final Deque<Write> writes = new ArrayDeque<>();
  private final LinkedHashMap<String, HostSessions> others = new LinkedHashMap<>(16, 0.75f, true);
  private HostSessions own;
  private long foreignBytes;
  private long evicted;

  public TrackedHosts(String ownHostId, TrackerSettings settings, long maxForeignBytes) {
    this(
        ownHostId,
        new SessionTracker(settings),
        new SessionTracker(settings.ofForeignHosts()),
        maxForeignBytes);
  }

  /**
   * @param live the tracker of the own host
   * @param foreign the tracker of all others
   */
  public TrackedHosts(
      String ownHostId, SessionTracker live, SessionTracker foreign, long maxForeignBytes) {
    this.ownHostId = ownHostId;
    this.live = new GuardedTracker(live, defects);
    this.foreign = new GuardedTracker(foreign, defects);
    this.maxForeignBytes = maxForeignBytes;
    this.own = HostSessions.empty(ownHostId);
  }

  /**
   * The approximate memory limit for the states of other hosts.
   *
   * @param heap the maximum heap, in bytes
   */
  public static long foreignBytes(long heap) {
    return Math.min(FOREIGN_BYTES, heap / HEAP_PARTS);
  }

  /** The durable state of the own host. */
  public HostSessions own() {
    return own;
  }

  /** The durable states of the other hosts, least recently used first. */
  public List<HostSessions> others() {
    return List.copyOf(others.values());
  }

  /** How many states of other hosts were evicted. */
  public long evicted() {
    return evicted;
  }

  /** How often a tracker failed since the start. Any thread. */
  public long defects() {
    return defects.get();
  }

  /** Restores the own host's state from a checkpoint, before the first write. */
  public void restoreOwn(HostSessions state) {
    own = state;
  }

  /** Restores another host's state from a checkpoint, in the order of {@link #others}. */
  public void restoreOther(HostSessions state) {
    keep(state.hostId(), state);
  }

  /** Applies an event that the journal has after the checkpoint. */
  public void absorb(Observation written) {
    String slot = slot(written);
    keep(slot, tracker(slot).absorb(committed(slot), written));
  }

  /** Begins the next write, on top of all writes in flight. */
  public Write begin(EventIds ids) {
    Write write = new Write(ids);
    writes.addLast(write);
    return write;
  }

  /** Reports that its events are durable. */
  public void commit(Write write) {
    end(write, Outcome.DURABLE);
  }

  /** Reports that its events were not written. */
  public void discard(Write write) {
    end(write, Outcome.FAILED);
    boolean later = false;
    for (Write other : writes) {
      if (later) {
        other.replay();
      }
      later |= other.equals(write);
    }
    settle();
  }

  private void end(Write write, Outcome outcome) {
    write.outcome = outcome;
    if (outcome == Outcome.FAILED) {
      write.events.clear();
      write.after.clear();
      return;
    }
    settle();
  }

  /** Adopts the durable writes up to the first one that is still in flight. */
  private void settle() {
    while (!writes.isEmpty() && writes.getFirst().outcome != Outcome.IN_FLIGHT) {
      writes.removeFirst().after.forEach(this::keep);
    }
  }

  private void keep(String slot, HostSessions state) {
    if (slot.equals(OWN)) {
      own = state;
      return;
    }
    HostSessions before = others.put(slot, state);
    foreignBytes += state.weight() - (before == null ? 0 : before.weight());
    Iterator<HostSessions> eldest = others.values().iterator();
    while (foreignBytes > maxForeignBytes && others.size() > 1) {
      foreignBytes -= eldest.next().weight();
      eldest.remove();
      evicted++;
    }
  }

  private String slot(Observation event) {
    String host = event.data().get(Field.HOST_ID);
    return event.live() && Objects.equals(host, ownHostId) ? OWN : String.valueOf(host);
  }

  private GuardedTracker tracker(String slot) {
    return slot.equals(OWN) ? live : foreign;
  }

  private HostSessions committed(String slot) {
    if (slot.equals(OWN)) {
      return own;
    }
    HostSessions state = others.get(slot);
    return state == null ? HostSessions.empty(slot) : state;
  }

  /** A state including all writes in flight. */
  private HostSessions head(String slot) {
    Iterator<Write> newest = writes.descendingIterator();
    while (newest.hasNext()) {
      HostSessions state = newest.next().after.get(slot);
      if (state != null) {
        return state;
      }
    }
    return committed(slot);
  }

  /** The same as of before a write, including what that write has replayed already. */
  private HostSessions headBefore(Write write, String slot) {
    HostSessions state = write.after.get(slot);
    if (state != null) {
      return state;
    }
    HostSessions head = committed(slot);
    for (Write other : writes) {
      if (other.equals(write)) {
        return head;
      }
      head = other.after.getOrDefault(slot, head);
    }
    return head;
  }
}
