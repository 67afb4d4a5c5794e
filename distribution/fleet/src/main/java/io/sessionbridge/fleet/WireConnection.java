package io.sessionbridge.fleet;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.jspecify.annotations.Nullable;

/** A connection to a broker: requests of Kafka's protocol, answered in order. For its loop. */
final class WireConnection {

  private static final String CLIENT_ID = "sessionbridge-lake";

  /** No answer to these hosts is as long. */
  private static final int LONGEST = 1 << 20;

  /** A request whose answer has not come. */
  private record Asked(RequestHeader header, Consumer<AbstractResponse> answer) {}

  private final WireLoop loop;
  private final Runnable connected;
  private final Runnable lost;
  private final Deque<Asked> asked = new ArrayDeque<>();
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private final ByteBuffer length = ByteBuffer.allocate(4);
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private @Nullable ByteBuffer frame;
  private int correlation;
  private boolean up;
  private boolean closed;

  private WireConnection(WireLoop loop, Runnable connected, Runnable lost) {
    this.loop = loop;
    this.connected = connected;
    this.lost = lost;
  }

  /**
   * Begins to connect. Calls neither argument before it returns.
   *
   * @param connected runs once the connection stands
   * @param lost runs at most once, when it fails or ends other than by {@link #close}
   */
  static WireConnection open(
      WireLoop loop, InetSocketAddress address, Runnable connected, Runnable lost) {
    WireConnection connection = new WireConnection(loop, connected, lost);
    try {
      SocketChannel channel = SocketChannel.open();
      connection.channel = channel;
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean at = channel.connect(address);
      connection.key = channel.register(loop.selector(), SelectionKey.OP_CONNECT, connection);
      if (at) {
        loop.execute(connection::ready);
      }
    } catch (IOException e) {
      loop.execute(connection::fail);
    }
    return connection;
  }

  boolean isUp() {
    return up;
  }

  void ask(AbstractRequest request, Consumer<AbstractResponse> answer) {
    RequestHeader header =
        new RequestHeader(request.apiKey(), request.version(), CLIENT_ID, correlation++);
    ByteBuffer body = request.serializeWithHeader(header);
    ByteBuffer size = ByteBuffer.allocate(4).putInt(body.remaining()).flip();
    asked.add(new Asked(header, answer));
    unsent.add(size);
    unsent.add(body);
    try {
      write();
    } catch (IOException e) {
      loop.execute(this::fail);
    }
  }

  void ready() {
    SocketChannel open = channel;
    if (closed || open == null) {
      return;
    }
    try {
      if (!up) {
        if (!open.finishConnect()) {
          return;
        }
        up = true;
        interest(SelectionKey.OP_READ);
        connected.run();
        return;
      }
      write();
      read(open);
    } catch (IOException | CancelledKeyException e) {
      fail();
    }
  }

  private void write() throws IOException {
    SocketChannel open = channel;
    if (open == null) {
      return;
    }
    for (ByteBuffer next = unsent.peek(); next != null; next = unsent.peek()) {
      open.write(next);
      if (next.hasRemaining()) {
        interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        return;
      }
      unsent.remove();
    }
    interest(SelectionKey.OP_READ);
  }

  private void interest(int operations) {
    SelectionKey registered = key;
    if (registered != null && registered.isValid()) {
      registered.interestOps(operations);
    }
  }

  private void read(SocketChannel open) throws IOException {
    ByteBuffer buffer = loop.buffer();
    if (open.read(buffer) < 0) {
      throw new EOFException("the broker closed the connection");
    }
    buffer.flip();
    while (buffer.hasRemaining() && !closed) {
      take(buffer);
    }
  }

  private void take(ByteBuffer from) throws IOException {
    ByteBuffer body = frame;
    ByteBuffer to = body == null ? length : body;
    int count = Math.min(to.remaining(), from.remaining());
    to.put(from.slice(from.position(), count));
    from.position(from.position() + count);
    if (to.hasRemaining()) {
      return;
    }
    to.flip();
    if (body == null) {
      int size = to.getInt();
      length.clear();
      if (size < 0 || size > LONGEST) {
        throw new IOException("an answer of " + size + " bytes");
      }
      frame = ByteBuffer.allocate(size);
      return;
    }
    frame = null;
    Asked first = asked.remove();
    first.answer.accept(AbstractResponse.parseResponse(body, first.header));
  }

  private void fail() {
    if (!closed) {
      close();
      lost.run();
    }
  }

  void close() {
    closed = true;
    up = false;
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // The descriptor is gone either way.
      }
    }
  }
}
