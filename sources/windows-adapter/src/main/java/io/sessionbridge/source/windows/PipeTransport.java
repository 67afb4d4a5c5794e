package io.sessionbridge.source.windows;

import io.sessionbridge.spi.ControlConnection;
import io.sessionbridge.spi.ControlListener;
import io.sessionbridge.spi.ControlPeer;
import io.sessionbridge.spi.ControlTransport;
import io.sessionbridge.spi.NoListenerException;
import io.sessionbridge.windows.pipe.PipeClient;
import io.sessionbridge.windows.pipe.PipeEnd;
import io.sessionbridge.windows.pipe.PipeException;
import io.sessionbridge.windows.pipe.PipePeer;
import io.sessionbridge.windows.pipe.PipeServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Named pipes. The service uses a default pipe whose name only administrators can claim; an
 * ordinary user's agent has a pipe of its own.
 */
final class PipeTransport implements ControlTransport {

  private static final String PREFIX = "\\\\.\\pipe\\";
  private static final String SERVICE =
      PREFIX + "ProtectedPrefix\\Administrators\\SessionBridge\\control";

  /** The maximum length for {@code CreateNamedPipe}. */
  private static final int LONGEST_NAME = 256;

  /**
   * As many as a Unix socket has. A silent client holds an instance for a moment, and Windows does
   * not report who it is: with few instances, one program could occupy all of them.
   */
  private static final int MOST_CONNECTIONS = 32;

  @Override
  public List<String> defaultAddresses(Path dataDir) {
    return List.of(SERVICE, PREFIX + "SessionBridge-" + PipeServer.ownAccount());
  }

  @Override
  public Optional<String> problem(String address) {
    boolean named = address.toLowerCase(Locale.ROOT).startsWith(PREFIX);
    boolean fits = address.length() > PREFIX.length() && address.length() <= LONGEST_NAME;
    return named && fits && !leavesPipes(address)
        ? Optional.empty()
        : Optional.of("must be the name of a pipe, such as " + PREFIX + "sessionbridge");
  }

  /** Windows resolves {@code ..} before it evaluates the prefix. */
  private static boolean leavesPipes(String address) {
    return address.contains("/") || address.contains("\\..");
  }

  @Override
  public ControlListener listen(String address) throws IOException {
    PipeServer server = new PipeServer(address, MOST_CONNECTIONS);
    return new ControlListener() {
      @Override
      public String address() {
        return server.name();
      }

      @Override
      public int maxConnections() {
        return MOST_CONNECTIONS;
      }

      @Override
      public ControlConnection accept() throws IOException {
        return new Connection(server.accept());
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }

  @Override
  public ControlConnection connect(String address, Duration atMost) throws IOException {
    Optional<String> problem = problem(address);
    if (problem.isPresent()) { // without this, an ordinary file could be opened for writing
      throw new IOException(address + " " + problem.get());
    }
    try {
      return new Connection(PipeClient.open(address, atMost));
    } catch (PipeException e) {
      if (e.isNotFound()) {
        throw new NoListenerException(String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }

  private record Connection(PipeEnd end) implements ControlConnection {

    @Override
    public int read(ByteBuffer into, Duration atMost) throws IOException {
      return end.read(into, atMost);
    }

    @Override
    public void write(ByteBuffer from, Duration atMost) throws IOException {
      end.write(from, atMost);
    }

    @Override
    public Optional<ControlPeer> peer() throws IOException {
      return end.peer().map(Connection::peer);
    }

    private static ControlPeer peer(PipePeer known) {
      return new ControlPeer(
          known.sid(), known.administrator(), Optional.empty(), Optional.of(known.sessionId()));
    }

    @Override
    public void close() {
      end.close();
    }
  }
}
