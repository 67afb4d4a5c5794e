package io.sessionbridge.sink.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.Principal;
import org.apache.kafka.common.network.TransportLayer;

/**
 * Checks the lengths of all responses on a connection, because the code for the login has no limit.
 * For the producer's thread only, like every transport.
 */
final class LimitedTransport implements TransportLayer {

  private final TransportLayer transport;
  private final AnswerLengths lengths;

  LimitedTransport(TransportLayer transport, AnswerLimit limit) {
    this.transport = transport;
    this.lengths = new AnswerLengths(limit);
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int start = to.position();
    int count = transport.read(to);
    lengths.follow(to, start, start + Math.max(count, 0));
    return count;
  }

  @Override
  public long read(ByteBuffer[] to) throws IOException {
    return read(to, 0, to.length);
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int count) throws IOException {
    long total = 0;
    for (int i = offset; i < offset + count; i++) {
      int read = read(to[i]);
      if (read < 0) {
        return total == 0 ? read : total;
      }
      total += read;
      if (to[i].hasRemaining()) {
        return total;
      }
    }
    return total;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return transport.write(from);
  }

  @Override
  public long write(ByteBuffer[] from) throws IOException {
    return transport.write(from);
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int count) throws IOException {
    return transport.write(from, offset, count);
  }

  @Override
  public boolean hasPendingWrites() {
    return transport.hasPendingWrites();
  }

  @Override
  public long transferFrom(FileChannel file, long position, long count) throws IOException {
    return transport.transferFrom(file, position, count);
  }

  @Override
  public boolean ready() {
    return transport.ready();
  }

  @Override
  public boolean finishConnect() throws IOException {
    return transport.finishConnect();
  }

  @Override
  public void disconnect() {
    transport.disconnect();
  }

  @Override
  public boolean isConnected() {
    return transport.isConnected();
  }

  @Override
  public SocketChannel socketChannel() {
    return transport.socketChannel();
  }

  @Override
  public SelectionKey selectionKey() {
    return transport.selectionKey();
  }

  @Override
  public void handshake() throws IOException {
    transport.handshake();
  }

  @Override
  public Principal peerPrincipal() throws IOException {
    return transport.peerPrincipal();
  }

  @Override
  public void addInterestOps(int ops) {
    transport.addInterestOps(ops);
  }

  @Override
  public void removeInterestOps(int ops) {
    transport.removeInterestOps(ops);
  }

  @Override
  public boolean isMute() {
    return transport.isMute();
  }

  @Override
  public boolean hasBytesBuffered() {
    return transport.hasBytesBuffered();
  }

  @Override
  public boolean isOpen() {
    return transport.isOpen();
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }
}
