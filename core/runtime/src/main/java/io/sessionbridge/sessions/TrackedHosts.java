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
 * The states of all hosts: that of the host the agent runs on, whole, and of other hosts as many as
 * fit; of these the one that was heard longest ago leaves first. What is read from records of the
 * past about this host is the past of another one.
 *
 * <p>A write takes what the states become along to the disk. Several may be on their way at once,
 * each on top of those before. What is durable becomes the state in the order of the writes; when
 * one fails, those behind it are taken over onto what was before it.
 *
 * <p>Not safe for use by several threads: whoever orders the events holds the lock.
 */
public final class TrackedHosts {

  /** How much memory the states of other hosts may take at most, about. */
  public static final long FOREIGN_BYTES = 64L << 20;

  /** They may take one part of so many of the heap: they live in the third that is kept free. */
  private static final int HEAP_PARTS = 8;

  private enum Fate {
    OPEN,
    DURABLE,
    FAILED
  }

  /** What one write takes to the disk, and what it makes of the states. */
  public final class Write {
    private final EventIds ids;
    private final List<Observation> events = new ArrayList<>();
    private final Map<String, HostSessions> after = new LinkedHashMap<>();
    private Fate fate = Fate.OPEN;

    private Write(EventIds ids) {
      this.ids = ids;
    }

    /**
     * Takes a report in, of whichever host it is about. Does not throw: if the tracker does, the
     * report is written as it came.
     */
    public TrackerStep apply(Report report) {
      String place = place(report.observation());
      return taken(place, tracker(place).apply(head(place), report, ids.after(events.size())));
    }

    /**
     * What a step of the own host gives, for the passing of time, conditions and comparisons. Does
     * not throw: a step that does changes nothing.
     */
    public TrackerStep own(OwnStep step) {
      return taken(OWN, live.own(step, head(OWN), ids.after(events.size())));
    }

    private TrackerStep taken(String place, TrackerStep step) {
      events.addAll(step.events());
      after.put(place, step.after());
      return step;
    }

    /** What is to be written, of all that was taken in. */
    public List<Observation> events() {
      return List.copyOf(events);
    }

    private void takeOver() {
      after.clear();
      for (Observation event : events) {
        String place = place(event);
        after.put(place, tracker(place).absorb(headBefore(this, place), event));
      }
    }
  }

  /** A step of the tracker on the state of the own host. */
  @FunctionalInterface
  public interface OwnStep {
    TrackerStep take(SessionTracker tracker, HostSessions before, EventIds ids);
  }

  /** No host id is empty. */
  private static final String OWN = "";

  private final String ownHostId;
  private final GuardedTracker live;
  private final GuardedTracker foreign;
  private final AtomicLong defects = new AtomicLong();
  private final long mostForeignBytes;
  private final Deque<Write> writes = new ArrayDeque<>();
  private final LinkedHashMap<String, HostSessions> others = new LinkedHashMap<>(16, 0.75f, true);
  private HostSessions own;
  private long foreignBytes;
  private long evicted;

  public TrackedHosts(String ownHostId, TrackerSettings settings, long mostForeignBytes) {
    this(
        ownHostId,
        new SessionTracker(settings),
        new SessionTracker(settings.ofForeignHosts()),
        mostForeignBytes);
  }

  /**
   * @param live of the own host
   * @param foreign of all others
   */
  public TrackedHosts(
      String ownHostId, SessionTracker live, SessionTracker foreign, long mostForeignBytes) {
    this.ownHostId = ownHostId;
    this.live = new GuardedTracker(live, defects);
    this.foreign = new GuardedTracker(foreign, defects);
    this.mostForeignBytes = mostForeignBytes;
    this.own = HostSessions.empty(ownHostId);
  }

  /**
   * How much memory the states of other hosts may take, about.
   *
   * @param heap bytes that Java may take
   */
  public static long foreignBytes(long heap) {
    return Math.min(FOREIGN_BYTES, heap / HEAP_PARTS);
  }

  /** The durable state of the own host. */
  public HostSessions own() {
    return own;
  }

  /** The durable states of the others; the one that was heard longest ago first. */
  public List<HostSessions> others() {
    return List.copyOf(others.values());
  }

  /** How many states of other hosts had to leave. */
  public long evicted() {
    return evicted;
  }

  /** How often a tracker failed, since the start. Any thread. */
  public long defects() {
    return defects.get();
  }

  /** Takes the own host's state from a checkpoint, before the first write. */
  public void restoreOwn(HostSessions state) {
    own = state;
  }

  /** Takes another host's state from a checkpoint, in the order of {@link #others}. */
  public void restoreOther(HostSessions state) {
    keep(state.hostId(), state);
  }

  /** Takes an event from the journal in that was written after the checkpoint. */
  public void absorb(Observation written) {
    String place = place(written);
    keep(place, tracker(place).absorb(committed(place), written));
  }

  /** The next write, on top of all that are on their way. */
  public Write begin(EventIds ids) {
    Write write = new Write(ids);
    writes.addLast(write);
    return write;
  }

  /** Its events are durable. */
  public void commit(Write write) {
    end(write, Fate.DURABLE);
  }

  /** Its events are not written. */
  public void discard(Write write) {
    end(write, Fate.FAILED);
    boolean behind = false;
    for (Write other : writes) {
      if (behind) {
        other.takeOver();
      }
      behind |= other.equals(write);
    }
    settle();
  }

  private void end(Write write, Fate fate) {
    write.fate = fate;
    if (fate == Fate.FAILED) {
      write.events.clear();
      write.after.clear();
      return;
    }
    settle();
  }

  /** What is durable, up to the first that is still on its way, is the state. */
  private void settle() {
    while (!writes.isEmpty() && writes.getFirst().fate != Fate.OPEN) {
      writes.removeFirst().after.forEach(this::keep);
    }
  }

  private void keep(String place, HostSessions state) {
    if (place.equals(OWN)) {
      own = state;
      return;
    }
    HostSessions before = others.put(place, state);
    foreignBytes += state.weight() - (before == null ? 0 : before.weight());
    Iterator<HostSessions> eldest = others.values().iterator();
    while (foreignBytes > mostForeignBytes && others.size() > 1) {
      foreignBytes -= eldest.next().weight();
      eldest.remove();
      evicted++;
    }
  }

  private String place(Observation event) {
    String host = event.data().get(Field.HOST_ID);
    return event.live() && Objects.equals(host, ownHostId) ? OWN : String.valueOf(host);
  }

  private GuardedTracker tracker(String place) {
    return place.equals(OWN) ? live : foreign;
  }

  private HostSessions committed(String place) {
    if (place.equals(OWN)) {
      return own;
    }
    HostSessions state = others.get(place);
    return state == null ? HostSessions.empty(place) : state;
  }

  /** A state with all writes on their way. */
  private HostSessions head(String place) {
    Iterator<Write> newest = writes.descendingIterator();
    while (newest.hasNext()) {
      HostSessions state = newest.next().after.get(place);
      if (state != null) {
        return state;
      }
    }
    return committed(place);
  }

  /** The same before a write has ended, with what that one has taken over already. */
  private HostSessions headBefore(Write write, String place) {
    HostSessions state = write.after.get(place);
    if (state != null) {
      return state;
    }
    HostSessions head = committed(place);
    for (Write other : writes) {
      if (other.equals(write)) {
        return head;
      }
      head = other.after.getOrDefault(place, head);
    }
    return head;
  }
}
