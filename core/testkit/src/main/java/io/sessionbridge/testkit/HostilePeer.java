package io.sessionbridge.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A server on a loopback port that violates the protocol or attacks the sink. Each connection has a
 * thread {@code hostile-peer}.
 */
public final class HostilePeer implements AutoCloseable {

  /** The behaviour of a connection. */
  public interface Behaviour {
    /** Returns when the connection should be closed. */
    void serve(InputStream in, OutputStream out, CountDownLatch closing) throws Exception;
  }

  /** Kinds of hostile behaviour. */
  public enum Kind implements Behaviour {
    /** Accepts everything and answers nothing. */
    SILENT {
      @Override
      public void serve(InputStream in, OutputStream out, CountDownLatch closing)
          throws IOException {
        while (in.read() >= 0) {
          // discard
        }
      }
    },
    /** Closes at once. */
    CLOSES {
      @Override
      public void serve(InputStream in, OutputStream out, CountDownLatch closing) {}
    },
    /** A TLS listener that receives plain text. */
    TLS_ALERT {
      @Override
      public void serve(InputStream in, OutputStream out, CountDownLatch closing)
          throws IOException {
        int unused = in.read();
        out.write(new byte[] {0x15, 3, 3, 0, 2, 2, 0x28});
        drain(in);
      }
    },
    /** A web server. */
    HTTP {
      @Override
      public void serve(InputStream in, OutputStream out, CountDownLatch closing)
          throws IOException {
        int unused = in.read();
        out.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
        drain(in);
      }
    },
    /** The same byte endlessly; as a length, the largest one. */
    ENDLESS_7F {
      @Override
      public void serve(InputStream in, OutputStream out, CountDownLatch closing)
          throws IOException {
        endless(out, 0x7F);
      }
    },
    /** The same byte endlessly. */
    ENDLESS_FF {
      @Override
      public void serve(InputStream in, OutputStream out, CountDownLatch closing)
          throws IOException {
        endless(out, 0xFF);
      }
    },
    /** An endless line. */
    ENDLESS_TEXT {
      @Override
      public void serve(InputStream in, OutputStream out, CountDownLatch closing)
          throws IOException {
        endless(out, 'a');
      }
    },
    /** Endless lines. */
    ENDLESS_LINES {
      @Override
      public void serve(InputStream in, OutputStream out, CountDownLatch closing)
          throws IOException {
        byte[] lines = "0 hint 0 \n".repeat(500).getBytes(US_ASCII);
        while (true) {
          out.write(lines);
        }
      }
    },
    /** A digit every tenth of a second. */
    DRIPS {
      @Override
      public void serve(InputStream in, OutputStream out, CountDownLatch closing) throws Exception {
        while (!closing.await(100, TimeUnit.MILLISECONDS)) {
          out.write('1');
        }
      }
    };

    private static void endless(OutputStream out, int value) throws IOException {
      byte[] bytes = new byte[8192];
      Arrays.fill(bytes, (byte) value);
      while (true) {
        out.write(bytes);
      }
    }
  }

  private final ServerSocket listener;
  private final Behaviour behaviour;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  public HostilePeer(Behaviour behaviour) throws IOException {
    this(behaviour, ServerSocketFactory.getDefault());
  }

  /**
   * Creates a peer that becomes hostile after the TLS handshake.
   *
   * @param tls with the certificate of the peer
   */
  public HostilePeer(Behaviour behaviour, SSLContext tls) throws IOException {
    this(behaviour, tls.getServerSocketFactory());
  }

  private HostilePeer(Behaviour behaviour, ServerSocketFactory sockets) throws IOException {
    this.behaviour = behaviour;
    this.listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread unused = Threads.start("hostile-peer", this::acceptAll);
  }

  /** Sends these bytes after the first byte from the client, and then nothing. */
  public static Behaviour says(byte... bytes) {
    return (in, out, closing) -> {
      int unused = in.read();
      out.write(bytes);
      drain(in);
    };
  }

  /** Endless random bytes from the seed, without waiting for the client. */
  public static Behaviour random(long seed) {
    return (in, out, closing) -> {
      Random random = new Random(seed);
      byte[] bytes = new byte[512];
      while (true) {
        random.nextBytes(bytes);
        out.write(bytes);
      }
    };
  }

  /** Forwards everything to a good peer, and closes after this many bytes of its answers. */
  public static Behaviour cutting(int port, int bytes) {
    return (in, out, closing) -> {
      try (Socket good = new Socket(InetAddress.getLoopbackAddress(), port)) {
        Thread unused = Threads.start("hostile-peer", () -> pass(in, good));
        InputStream answers = good.getInputStream();
        for (int i = 0; i < bytes; i++) {
          int b = answers.read();
          if (b < 0) {
            return;
          }
          out.write(b);
        }
      }
    };
  }

  private static void pass(InputStream in, Socket good) {
    try {
      long unused = in.transferTo(good.getOutputStream());
    } catch (IOException e) {
      // one of the two has closed
    }
  }

  private static void drain(InputStream in) throws IOException {
    long unused = in.transferTo(OutputStream.nullOutputStream());
  }

  private void acceptAll() {
    while (closing.getCount() > 0) {
      try {
        Socket socket = listener.accept();
        connections.add(socket);
        Thread unused = Threads.start("hostile-peer", () -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      behaviour.serve(socket.getInputStream(), socket.getOutputStream(), closing);
    } catch (Exception e) {
      // the sink closed the connection, as expected
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    listener.close();
    for (Socket socket : connections) {
      socket.close();
    }
  }
}
