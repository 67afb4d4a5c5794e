package io.sessionbridge.tcp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks up a name within a deadline, which the system's resolver does not support. The lookup runs
 * in its own daemon thread. While a late lookup of the same name still runs, the next call waits
 * for it and does not start another one. For use by one thread.
 */
public final class Lookup {

  private final NameService names;
  private @Nullable Running running;

  private record Running(String host, CompletableFuture<InetAddress[]> addresses) {}

  public Lookup(NameService names) {
    this.names = names;
  }

  /**
   * The addresses of the host.
   *
   * @throws java.net.UnknownHostException if there are none
   * @throws SocketTimeoutException if the name service does not answer in time
   */
  public InetAddress[] find(String host, Deadline deadline) throws IOException {
    Running lookup = running;
    if (lookup == null || lookup.addresses.isDone() || !lookup.host.equals(host)) {
      lookup = start(host);
      running = lookup;
    }
    try {
      return lookup.addresses.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("DNS does not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
    }
  }

  private Running start(String host) {
    CompletableFuture<InetAddress[]> addresses = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(host, addresses), "resolve-" + host);
    thread.setDaemon(true);
    thread.start();
    return new Running(host, addresses);
  }

  private void complete(String host, CompletableFuture<InetAddress[]> addresses) {
    try {
      addresses.complete(names.addresses(host));
    } catch (IOException | RuntimeException e) {
      addresses.completeExceptionally(e);
    }
  }
}
