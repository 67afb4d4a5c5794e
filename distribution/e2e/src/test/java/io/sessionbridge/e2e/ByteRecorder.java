package io.sessionbridge.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes connections and records each byte that comes, whatever it is, before it goes on to a
 * server, if there is one. The server's bytes go back unrecorded. Threads of its own, which end
 * with their connections.
 */
final class ByteRecorder implements AutoCloseable {

  private static final int BUFFER = 8192;

  private final ServerSocket listener;
  private final OptionalInt server;
  private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
  private final AtomicInteger open = new AtomicInteger();

  private ByteRecorder(OptionalInt server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** One that is the peer itself and never answers. */
  static ByteRecorder mute() throws IOException {
    return new ByteRecorder(OptionalInt.empty());
  }

  /** One in front of a server on this machine. */
  static ByteRecorder before(int port) throws IOException {
    return new ByteRecorder(OptionalInt.of(port));
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** All that came, once no connection stands any more. */
  byte[] awaitRecorded() throws Exception {
    Await.until(() -> open.get() == 0);
    synchronized (this) {
      return recorded.toByteArray();
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "byte-recorder");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (server.isEmpty()) {
          open.incrementAndGet();
          start(() -> pump(client, client, null));
        } else {
          Socket peer = new Socket(InetAddress.getLoopbackAddress(), server.getAsInt());
          open.incrementAndGet();
          start(() -> pump(client, peer, peer));
          start(() -> back(peer, client));
        }
      } catch (IOException e) {
        // closed, or the server is away: the client sees its connection end
      }
    }
  }

  private void pump(Socket client, Socket peer, Socket target) {
    try (client;
        peer) {
      InputStream in = client.getInputStream();
      OutputStream out =
          target == null ? OutputStream.nullOutputStream() : target.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        record(buffer, count);
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // one of the two went away
    } finally {
      open.decrementAndGet();
    }
  }

  private synchronized void record(byte[] buffer, int count) {
    recorded.write(buffer, 0, count);
  }

  private static void back(Socket peer, Socket client) {
    try (peer;
        client) {
      peer.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // one of the two went away
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
