package io.sessionbridge.supervision;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the threads of the core. A thread that ends although nobody asked for it, whether it throws
 * or returns, is logged with its stack and puts its component down for good. If the agent cannot do
 * without that component, the listeners are told, who end the process, so that it is restarted.
 *
 * <p>Any thread.
 */
public final class Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  /** What became of a component, for messages behind its name. */
  public static final String STOPPED =
      "its thread was stopped by an unexpected error (a defect in SessionBridge)";

  /** What becomes of the agent without a component. */
  public enum Need {
    /** It goes on, and its health names the component. */
    USEFUL,
    /** It ends. */
    ESSENTIAL
  }

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Map<String, String> ended = new ConcurrentSkipListMap<>();
  private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable String essentialEnd;

  /**
   * A daemon thread that was not started.
   *
   * @param component as health names it: {@code journal}, {@code sink lake}
   * @param stopping whether the owner has asked the thread to end; asked when it has ended
   */
  public Thread thread(
      String name, String component, Need need, BooleanSupplier stopping, Work work) {
    return thread(name, component, need, stopping, work, 0);
  }

  /**
   * A daemon thread that was not started.
   *
   * @param component as health names it: {@code journal}, {@code sink lake}
   * @param stopping whether the owner has asked the thread to end; asked when it has ended
   * @param stackBytes for its stack; 0 for what Java gives
   */
  public Thread thread(
      String name,
      String component,
      Need need,
      BooleanSupplier stopping,
      Work work,
      long stackBytes) {
    Thread thread = new Thread(null, () -> run(component, need, stopping, work), name, stackBytes);
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  /** A place for a thread that somebody makes who does not know what it is for. */
  public Role role(String threadName, String component, Need need) {
    return new Role(this, threadName, component, need);
  }

  /** Whether a thread was made here and has not ended. */
  public boolean owns(Thread thread) {
    return threads.contains(thread);
  }

  private void run(String component, Need need, BooleanSupplier stopping, Work work) {
    try {
      work.run();
      if (!stopping.getAsBoolean()) {
        ended(component, need, new IllegalStateException("it returned unexpectedly"));
      }
    } catch (InterruptedException e) {
      if (!stopping.getAsBoolean()) {
        ended(component, need, e);
      }
    } catch (RuntimeException | Error e) {
      ended(component, need, e);
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  private void ended(String component, Need need, Throwable cause) {
    try {
      ended.put(component, STOPPED + ", restart the agent: " + cause);
      LOG.error("{}: {}", component, STOPPED, cause);
    } finally { // where memory is short, the message may fail, and the end must not
      if (need == Need.ESSENTIAL) {
        essentialEnd = component;
        listeners.forEach(Runnable::run);
      }
    }
  }

  /**
   * Calls the listener when an essential component ends, or now if one has ended; on the thread
   * that ends. It must not block.
   */
  public void onEssentialEnd(Runnable listener) {
    listeners.add(listener);
    if (essentialEnd != null) {
      listener.run();
    }
  }

  /** The essential component that ended first or last; empty while all run. */
  public Optional<String> essentialEnd() {
    return Optional.ofNullable(essentialEnd);
  }

  /** Why a component is down; empty if its threads run, or ended as they should. */
  public Optional<String> end(String component) {
    return Optional.ofNullable(ended.get(component));
  }

  /** All components that are down, with the reason. */
  public Map<String, String> ends() {
    return new TreeMap<>(ended);
  }
}
