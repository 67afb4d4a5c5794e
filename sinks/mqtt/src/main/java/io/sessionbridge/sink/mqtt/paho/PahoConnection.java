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
 * The life of a connection as both versions of Paho have it: a client object for one connection,
 * whose threads end when its socket is closed.
 *
 * @param <T> what a CONNACK brings
 */
final class PahoConnection<T> {

  private static final Logger LOG = LoggerFactory.getLogger(PahoConnection.class);

  /** Paho looks ten times a second whether its threads have ended. */
  private static final long END_SECONDS = 2;

  private final OpenSocket socket;
  private final Link.Watcher watcher;
  private final CompletableFuture<T> greeted = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile PahoLink.@Nullable Client client;

  PahoConnection(OpenSocket socket, Link.Watcher watcher) {
    this.socket = socket;
    this.watcher = watcher;
  }

  /** Before anything begins: whose threads there will be. */
  void isOf(PahoLink.Client begun) {
    client = begun;
  }

  /** Paho says: here is the CONNACK. */
  void greeted(T connack) {
    greeted.complete(connack);
  }

  /** Paho says: that was no CONNACK, or one that refuses. */
  void refused(Ending why) {
    ended.countDown();
    greeted.completeExceptionally(new LinkException(why));
  }

  /** Paho says: it was, and now it is over. If that follows at once, it forgets the former. */
  void over(Ending why) {
    ended.countDown();
    boolean neverGreeted = greeted.completeExceptionally(new LinkException(why));
    if (!ending.getAndSet(true) && !neverGreeted) {
      watcher.lost(why);
    }
  }

  /** Why the connection ended: what the reader met, which Paho may have forgotten. */
  Ending closed(Throwable told) {
    Optional<Throwable> cause =
        Optional.<Throwable>ofNullable(socket.readFailure().orElse(null))
            .or(() -> Optional.ofNullable(told.getCause()))
            .filter(met -> !(met instanceof EOFException));
    return new Ending.Closed(cause);
  }

  /** Waits for the CONNACK. */
  T await(Deadline deadline) throws LinkException, InterruptedException {
    try {
      return greeted.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof LinkException told
          ? told
          : new LinkException(new Ending.Broken(e));
    } catch (TimeoutException e) {
      throw new LinkException(new Ending.Silent());
    }
  }

  /** From here on the end is wanted, and nobody is told of it. */
  void expectEnd() {
    ending.set(true);
  }

  /** Paho says: it ended as was wanted. */
  void ended() {
    ended.countDown();
  }

  /**
   * Closes the socket, upon which Paho ends its threads. It does not where the one that reads died
   * of what it read, for instance of a name that is not UTF-8: then they are ended for it.
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
