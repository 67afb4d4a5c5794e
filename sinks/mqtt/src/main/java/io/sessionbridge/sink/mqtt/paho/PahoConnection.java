package io.sessionbridge.sink.mqtt.paho;

import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Link;
import io.sessionbridge.sink.mqtt.link.LinkException;
import io.sessionbridge.sink.mqtt.link.OpenSocket;
import io.sessionbridge.tcp.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life cycle of a connection, for both versions of Paho: a client object for one connection,
 * whose threads end when its socket is closed.
 *
 * @param <T> the content of a CONNACK
 */
final class PahoConnection<T> {

  private static final Logger LOG = LoggerFactory.getLogger(PahoConnection.class);

  /** Paho checks ten times per second whether its threads have ended. */
  private static final long END_SECONDS = 2;

  private final OpenSocket socket;
  private final Link.Watcher watcher;
  private final CompletableFuture<T> connected = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile PahoLink.@Nullable Client client;

  PahoConnection(OpenSocket socket, Link.Watcher watcher) {
    this.socket = socket;
    this.watcher = watcher;
  }

  /** Sets the client whose threads may have to be ended; called first. */
  void use(PahoLink.Client begun) {
    client = begun;
  }

  /** Called by Paho with the CONNACK. */
  void connected(T connack) {
    connected.complete(connack);
  }

  /** Called by Paho if the CONNACK is missing or refuses the connection. */
  void refused(Ending why) {
    ended.countDown();
    connected.completeExceptionally(new LinkException(why));
  }

  /** Called by Paho when the connection is lost; if that happens at once, it is the only call. */
  void over(Ending why) {
    ended.countDown();
    boolean neverConnected = connected.completeExceptionally(new LinkException(why));
    if (!ending.getAndSet(true) && !neverConnected) {
      watcher.lost(why);
    }
  }

  /** Why the connection ended: the failure of the reader, which Paho may have dropped. */
  Ending closed(Throwable failure) {
    Optional<Throwable> cause =
        Optional.<Throwable>ofNullable(socket.readFailure().orElse(null))
            .or(() -> Optional.ofNullable(failure.getCause()))
            .filter(known -> !(known instanceof EOFException));
    return new Ending.Closed(cause);
  }

  /** Waits for the CONNACK. */
  T await(Deadline deadline) throws LinkException, InterruptedException {
    try {
      return connected.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof LinkException known
          ? known
          : new LinkException(new Ending.Broken(e));
    } catch (TimeoutException e) {
      throw new LinkException(new Ending.Silent());
    }
  }

  /** The end is intended from now on and not reported. */
  void expectEnd() {
    ending.set(true);
  }

  /** The connection ended as intended. */
  void ended() {
    ended.countDown();
  }

  /**
   * Closes the socket, so that Paho ends its threads. If the reader thread has died of invalid
   * input, for instance a name that is not UTF-8, Paho does not; then this ends them.
   */
  void abort() {
    expectEnd();
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing the socket", e);
    }
    boolean interrupted = false;
    boolean hasEnded = false;
    try {
      hasEnded = ended.await(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (!hasEnded) {
      endThreads();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void endThreads() {
    PahoLink.Client begun = client;
    if (begun == null) {
      return;
    }
    try {
      begun.endThreads();
    } catch (LinkException e) {
      LOG.warn("the MQTT client could not be closed", e);
    }
  }
}
