package io.sessionbridge.control;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.ControlConnection;
import io.sessionbridge.spi.ControlListener;
import io.sessionbridge.spi.ControlTransport;
import io.sessionbridge.storage.FileReason;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.supervision.Supervisor.Need;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the programs of this machine, on a thread {@code control} that accepts connections and
 * one thread for each client. The number of clients is limited, each has little time to send its
 * question, and one that does not read its answer is disconnected, so a bad client does not affect
 * the others.
 *
 * <p>A path that cannot be used does not stop the agent: it is logged, degrades the health and is
 * retried every 30 seconds.
 *
 * <p>{@link #start} and {@link #close} are called by one thread, the rest by any.
 */
public final class ControlServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
  private static final String COMPONENT = "control";
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(30);

  /** Keeps an accept that fails repeatedly from using a whole CPU. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  private static final long STACK_BYTES = 256 << 10;

  private final ControlTransport transport;
  private final List<String> addresses;
  private final AgentAnswers agent;
  private final String version;
  private final Clock clock;
  private final Supervisor supervisor;
  private final Clock.Signal ended;
  private final Set<ControlConnection> open = ConcurrentHashMap.newKeySet();
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private @Nullable ControlListener listener;
  private volatile boolean closed;
  private volatile @Nullable String failure = "not started";

  /**
   * A server that is not started yet. No I/O.
   *
   * @param addresses where to listen; the first one that works is used
   * @param version of the agent
   */
  public ControlServer(
      ControlTransport transport,
      List<String> addresses,
      AgentAnswers agent,
      String version,
      Clock clock,
      Supervisor supervisor) {
    this.transport = transport;
    this.addresses = List.copyOf(addresses);
    this.agent = agent;
    this.version = version;
    this.clock = clock;
    this.supervisor = supervisor;
    this.ended = clock.signal();
  }

  /** A client that follows; {@link #changed} wakes it. */
  private final class Subscriber implements Conversation.Subscription {
    private final Clock.Signal signal = clock.signal();

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
      return signal.await(atMost);
    }

    @Override
    public void close() {
      subscribers.remove(this);
    }
  }

  /** Starts to listen, or to retry until it can. */
  public void start() {
    listen();
    supervisor.thread(COMPONENT, COMPONENT, Need.USEFUL, () -> closed, this::serve).start();
  }

  /** Wakes the clients that follow the state or the events. Any thread; never blocks. */
  public void changed() {
    subscribers.forEach(subscriber -> subscriber.signal.raise());
  }

  /** Degraded while it does not listen, down once a defect has ended its thread. */
  public Health check() {
    Optional<String> end = supervisor.end(COMPONENT);
    if (end.isPresent()) {
      return Health.down(end.get());
    }
    String reason = failure;
    return reason == null ? Health.up() : Health.degraded(reason);
  }

  /** Where it listens; empty while it does not. */
  public Optional<String> address() {
    synchronized (lock) {
      return Optional.ofNullable(listener).map(ControlListener::address);
    }
  }

  private @Nullable ControlListener listen() {
    synchronized (lock) {
      if (closed || listener != null) {
        return listener;
      }
      String first = null;
      for (String address : addresses) {
        try {
          listener = transport.listen(address);
          failure = null;
          LOG.info("control: listening at {}", listener.address());
          return listener;
        } catch (IOException e) {
          first = first == null ? reason(why(address, e)) : first;
        } catch (RuntimeException e) { // a defect in a transport must not stop the agent
          LOG.debug("control: {} cannot be used", address, e);
          first = first == null ? reason(address + ": " + e) : first;
        }
      }
      boolean changed = !String.valueOf(first).equals(failure);
      failure = first;
      if (changed) {
        LOG.warn("control: {}", first);
      }
      return null;
    }
  }

  private static String why(String address, IOException e) {
    if (e instanceof FileSystemException) {
      return address + ": " + FileReason.of(e, Path.of(address));
    }
    String message = String.valueOf(e.getMessage());
    return e instanceof ControlException ? message : address + ": " + message;
  }

  private static String reason(String why) {
    return "cannot listen: "
        + why
        + "; status, tap, state and when-idle do not work; see control.path, or control: false;"
        + " retried every "
        + RETRY_INTERVAL.toSeconds()
        + " s";
  }

  private void serve() throws InterruptedException {
    while (!closed) {
      ControlListener from = listen();
      if (from == null) {
        ended.await(RETRY_INTERVAL);
      } else {
        accept(from);
      }
    }
  }

  private void accept(ControlListener from) throws InterruptedException {
    ConnectionSlots slots = new ConnectionSlots(from.maxConnections());
    while (!closed) {
      try {
        take(from.accept(), slots);
      } catch (IOException e) {
        if (!closed) {
          LOG.debug("control: a connection could not be accepted", e);
          ended.await(PAUSE_AFTER_FAILURE);
        }
      }
    }
  }

  private void take(ControlConnection connection, ConnectionSlots slots) {
    if (!slots.acquire()) {
      refuse(connection);
      return;
    }
    open.add(connection);
    supervisor
        .thread(
            "control-client",
            COMPONENT,
            Need.USEFUL,
            () -> true,
            () -> serve(connection, slots),
            STACK_BYTES)
        .start();
    if (closed) {
      connection.close();
    }
  }

  /** The line fits into the buffer of a new connection, so the write does not block. */
  private static void refuse(ControlConnection connection) {
    try (connection) {
      JsonLine busy =
          JsonLine.builder()
              .put("error", "busy")
              .put("message", "the agent has reached its limit of connections; try again later")
              .build();
      new Lines(connection, Protocol.LONGEST_QUESTION).write(busy, Duration.ZERO);
    } catch (IOException e) {
      LOG.trace("a rejected client did not read the reason", e);
    }
  }

  private void serve(ControlConnection connection, ConnectionSlots slots)
      throws InterruptedException {
    try {
      new Conversation(connection, agent, version, clock, slots, this::subscribe).run();
    } catch (IOException e) {
      LOG.debug("control: a client was dropped: {}", e.toString());
    } catch (RuntimeException e) {
      LOG.error("control: a question could not be answered", e); // later questions may succeed
    } finally {
      open.remove(connection);
      slots.release(); // first, since a client may reconnect as soon as it sees the end
      connection.close();
    }
  }

  private Conversation.Subscription subscribe() {
    Subscriber subscriber = new Subscriber();
    subscribers.add(subscriber);
    return subscriber;
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (listener != null) {
        listener.close();
        listener = null;
      }
    }
    ended.raise();
    open.forEach(ControlConnection::close);
  }
}
