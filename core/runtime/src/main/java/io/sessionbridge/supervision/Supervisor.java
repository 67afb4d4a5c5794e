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
 * Owns the threads of the core. If a thread ends unexpectedly, by throwing or by returning, the
 * supervisor logs it with its stack trace and marks its component down for good. If the component
 * is essential, it calls the listeners, which end the process so that it is restarted.
 *
 * <p>Any thread.
 */
public final class Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  /** Why a component is down, for messages that begin with its name. */
  public static final String STOPPED =
      "its thread was stopped by an unexpected error (a defect in SessionBridge)";

  /** Whether the agent can run without a component. */
  public enum Need {
    /** The agent continues, and its health names the component. */
    USEFUL,
    /** The agent ends. */
    ESSENTIAL
  }

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Map<String, String> ended = new ConcurrentSkipListMap<>();
  private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable String essentialEnd;

  /**
   * A daemon thread that is not started yet.
   *
   * @param component as health names it: {@code journal}, {@code sink lake}
   * @param stopping whether the owner has asked the thread to end; checked after it ended
   */
  public Thread thread(
      String name, String component, Need need, BooleanSupplier stopping, Work work) {
    return thread(name, component, need, stopping, work, 0);
  }

  /**
   * A daemon thread that is not started yet.
   *
   * @param component as health names it: {@code journal}, {@code sink lake}
   * @param stopping whether the owner has asked the thread to end; checked after it ended
   * @param stackBytes for its stack; 0 for the JVM's default
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

  /** The role of a thread that is created elsewhere. */
  public Role role(String threadName, String component, Need need) {
    return new Role(this, threadName, component, need);
  }

  /** Whether the thread was created here and has not ended. */
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
      LOG.error(
          need == Need.ESSENTIAL
              ? "{}: {}; the agent stops: report this"
              : "{}: {}; restart the agent and report this",
          component,
          STOPPED,
          cause);
    } finally { // logging may fail when memory is short; the notification must not
      if (need == Need.ESSENTIAL) {
        essentialEnd = component;
        listeners.forEach(Runnable::run);
      }
    }
  }

  /**
   * Calls the listener when an essential component ends, on the ending thread, or at once if one
   * has ended already. The listener must not block.
   */
  public void onEssentialEnd(Runnable listener) {
    listeners.add(listener);
    if (essentialEnd != null) {
      listener.run();
    }
  }

  /** An essential component that has ended; empty while all run. */
  public Optional<String> essentialEnd() {
    return Optional.ofNullable(essentialEnd);
  }

  /** Why a component is down; empty if its threads run or ended on request. */
  public Optional<String> end(String component) {
    return Optional.ofNullable(ended.get(component));
  }

  /** All components that are down, with the reason. */
  public Map<String, String> ends() {
    return new TreeMap<>(ended);
  }
}
