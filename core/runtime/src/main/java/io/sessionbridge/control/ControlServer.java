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
 * Answers the programs of this machine that ask, on a thread {@code control} that takes connections
 * and one for each client. There are few of them, each has little time to say what it wants, and
 * one that does not read what it asked for loses its connection: nobody else notices.
 *
 * <p>A path that cannot be used does not stop the agent: it is logged, it degrades the health, and
 * it is tried again every 30 seconds.
 *
 * <p>{@link #start} and {@link #close} are called by one thread, the rest by any.
 */
public final class ControlServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
  private static final String COMPONENT = "control";
  private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

  /** A connection that fails at once, again and again, must not keep a processor busy. */
  private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

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
  private volatile @Nullable String trouble = "not started";

  /**
   * A server that was not started. No I/O.
   *
   * @param addresses where to listen; the first that works counts
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

  /** One that follows; {@link #changed} rings. */
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

  /** Begins to listen, or to try to. */
  public void start() {
    listen();
    supervisor.thread(COMPONENT, COMPONENT, Need.USEFUL, () -> closed, this::serve).start();
  }

  /** Tells those who follow that the state changed or events came. Any thread; never blocks. */
  public void changed() {
    subscribers.forEach(subscriber -> subscriber.signal.raise());
  }

  /** Degraded while nobody can ask, down once a defect ended its thread. */
  public Health check() {
    Optional<String> end = supervisor.end(COMPONENT);
    if (end.isPresent()) {
      return Health.down(end.get());
    }
    String told = trouble;
    return told == null ? Health.up() : Health.degraded(told);
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
          trouble = null;
          LOG.info("control: listens at {}", listener.address());
          return listener;
        } catch (IOException e) {
          first = first == null ? reason(why(address, e)) : first;
        } catch (RuntimeException e) { // a defect there must not keep the agent from starting
          LOG.debug("control: {} cannot be used", address, e);
          first = first == null ? reason(address + ": " + e) : first;
        }
      }
      boolean news = !String.valueOf(first).equals(trouble);
      trouble = first;
      if (news) {
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
        + " tried again every "
        + TRY_AGAIN.toSeconds()
        + " s";
  }

  private void serve() throws InterruptedException {
    while (!closed) {
      ControlListener from = listen();
      if (from == null) {
        ended.await(TRY_AGAIN);
      } else {
        accept(from);
      }
    }
  }

  private void accept(ControlListener from) throws InterruptedException {
    Seats seats = new Seats(from.mostConnections());
    while (!closed) {
      try {
        take(from.accept(), seats);
      } catch (IOException e) {
        if (!closed) {
          LOG.debug("control: a connection could not be taken", e);
          ended.await(AFTER_FAILURE);
        }
      }
    }
  }

  private void take(ControlConnection connection, Seats seats) {
    if (!seats.enter()) {
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
            () -> serve(connection, seats),
            STACK_BYTES)
        .start();
    if (closed) {
      connection.close();
    }
  }

  /** The line fits into the buffer of a connection that was just made, so nobody waits. */
  private static void refuse(ControlConnection connection) {
    try (connection) {
      JsonLine busy =
          JsonLine.builder()
              .put("error", "busy")
              .put("message", "the agent serves as many programs as it does at a time")
              .build();
      new Lines(connection, Protocol.LONGEST_QUESTION).write(busy, Duration.ZERO);
    } catch (IOException e) {
      LOG.trace("a client that was sent away did not hear it", e);
    }
  }

  private void serve(ControlConnection connection, Seats seats) throws InterruptedException {
    try {
      new Conversation(connection, agent, version, clock, seats, this::subscribe).run();
    } catch (IOException e) {
      LOG.debug("control: a client was dropped: {}", e.toString());
    } catch (RuntimeException e) {
      LOG.error("control: a question could not be answered", e); // the next one may be
    } finally {
      open.remove(connection);
      seats.leave(); // first: who sees the end may come again at once
      connection.close();
    }
  }

  private Conversation.Subscription subscribe() {
    Subscriber subscriber = new Subscriber();
    subscribers.add(subscriber);
    return subscriber;
  }

  /** Stops listening and hangs up. */
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
