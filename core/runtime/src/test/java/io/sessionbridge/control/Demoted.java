package io.sessionbridge.control;

import io.sessionbridge.spi.ControlConnection;
import io.sessionbridge.spi.ControlListener;
import io.sessionbridge.spi.ControlPeer;
import io.sessionbridge.spi.ControlTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Unix domain sockets that treat every client as an ordinary user.
 *
 * @param late whether the client is identified only after a read, as over a pipe
 */
record Demoted(UnixTransport unix, ControlPeer user, boolean late) implements ControlTransport {

  Demoted(UnixTransport unix, ControlPeer user) {
    this(unix, user, false);
  }

  @Override
  public List<String> defaultAddresses(Path dataDir) {
    return unix.defaultAddresses(dataDir);
  }

  @Override
  public Optional<String> problem(String address) {
    return unix.problem(address);
  }

  @Override
  public ControlListener listen(String address) throws IOException {
    ControlListener listener = unix.listen(address);
    return new ControlListener() {
      @Override
      public String address() {
        return listener.address();
      }

      @Override
      public int maxConnections() {
        return listener.maxConnections();
      }

      @Override
      public ControlConnection accept() throws IOException {
        return demote(listener.accept());
      }

      @Override
      public void close() {
        listener.close();
      }
    };
  }

  private ControlConnection demote(ControlConnection connection) {
    return new ControlConnection() {
      private boolean known = !late;

      @Override
      public int read(ByteBuffer into, Duration atMost) throws IOException {
        int count = connection.read(into, atMost);
        known |= count > 0;
        return count;
      }

      @Override
      public void write(ByteBuffer from, Duration atMost) throws IOException {
        connection.write(from, atMost);
      }

      @Override
      public Optional<ControlPeer> peer() {
        return Optional.of(user).filter(anybody -> known);
      }

      @Override
      public void close() {
        connection.close();
      }
    };
  }

  @Override
  public ControlConnection connect(String address, Duration atMost) throws IOException {
    return unix.connect(address, atMost);
  }
}
