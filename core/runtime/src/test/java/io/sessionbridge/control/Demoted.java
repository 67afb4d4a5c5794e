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

/** Unix domain sockets, at which everybody is taken for an ordinary user. */
record Demoted(UnixTransport unix, ControlPeer user) implements ControlTransport {

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
      public int mostConnections() {
        return listener.mostConnections();
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
      @Override
      public int read(ByteBuffer into, Duration atMost) throws IOException {
        return connection.read(into, atMost);
      }

      @Override
      public void write(ByteBuffer from, Duration atMost) throws IOException {
        connection.write(from, atMost);
      }

      @Override
      public Optional<ControlPeer> peer() {
        return Optional.of(user);
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
