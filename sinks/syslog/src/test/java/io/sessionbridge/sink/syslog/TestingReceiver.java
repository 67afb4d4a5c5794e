package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A strict receiver on a loopback port, which can also misbehave itself. A thread accepts; each
 * connection has its own thread.
 */
final class TestingReceiver implements AutoCloseable {

  enum Protocol {
    OCTETS,
    LF,
    RELP
  }

  /** The answers of a RELP receiver. */
  interface Answering {
    /**
     * @param number of the message, counted from 0 since the last {@link #clear}
     * @return frames to send now, each {@code TXNR rsp ...} without the line end
     */
    List<String> answers(int number, int transaction, String message);
  }

  static final Answering YES = (number, transaction, message) -> List.of(ok(transaction));

  private final Protocol protocol;
  private final ServerSocket listener;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private volatile Answering answering = YES;
  private volatile String offers = "200 OK\nrelp_version=0\nrelp_software=test\ncommands=syslog";
  private volatile int firstTransaction = 1;
  private int closedInOrder;
  private int accepted;
  private volatile int reported = -1;
  private volatile Runnable report = () -> {};

  TestingReceiver(Protocol protocol, Optional<SSLContext> tls, boolean needsClientCertificate)
      throws IOException {
    this.protocol = protocol;
    if (tls.isPresent()) {
      listener = tls.get().getServerSocketFactory().createServerSocket();
      ((SSLServerSocket) listener).setNeedClientAuth(needsClientCertificate);
    } else {
      listener = new ServerSocket();
    }
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start(this::accept, "receiver-accept");
  }

  static TestingReceiver plain(Protocol protocol) throws IOException {
    return new TestingReceiver(protocol, Optional.empty(), false);
  }

  static String ok(int transaction) {
    return answer(transaction, "200 OK");
  }

  static String answer(int transaction, String text) {
    return transaction + " rsp " + text.getBytes(UTF_8).length + " " + text;
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  void answerWith(Answering other) {
    answering = other;
  }

  void offer(String other) {
    offers = other;
  }

  /** Sets the first transaction number of a session. */
  void expectTransaction(int first) {
    firstTransaction = first;
  }

  /** Sends something to all senders unprompted, without a line end. */
  void say(String frame) throws IOException {
    for (Socket socket : connections) {
      say(socket.getOutputStream(), List.of(frame));
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        connections.add(socket);
        synchronized (this) {
          accepted++;
          notifyAll();
        }
        start(() -> serve(socket), "receiver");
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      switch (protocol) {
        case OCTETS -> readOctets(in);
        case LF -> readLines(in);
        case RELP -> readRelp(in, socket.getOutputStream());
      }
    } catch (EOFException e) {
      addError("the stream ended inside a frame");
    } catch (IOException e) {
      // reset, or the handshake failed
    } catch (IllegalArgumentException e) {
      addError(String.valueOf(e.getMessage()));
    } finally {
      connections.remove(socket);
    }
  }

  private void readOctets(InputStream in) throws IOException {
    while (true) {
      int first = in.read();
      if (first < 0) {
        ended();
        return;
      }
      int length = number(in, first, ' ');
      add(utf8(in, length));
    }
  }

  private void readLines(InputStream in) throws IOException {
    while (true) {
      StringBuilder bytes = new StringBuilder();
      int b = in.read();
      if (b < 0) {
        ended();
        return;
      }
      while (b != '\n') {
        if (b < 0) {
          throw new EOFException();
        }
        bytes.append((char) b);
        b = in.read();
      }
      add(decode(bytes.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }
  }

  private void readRelp(InputStream in, OutputStream out) throws IOException {
    int expected = firstTransaction;
    while (true) {
      int first = in.read();
      if (first < 0) {
        return;
      }
      int transaction = number(in, first, ' ');
      if (transaction != expected) {
        throw new IllegalArgumentException(
            "transaction " + transaction + " after " + (expected - 1));
      }
      expected = expected == 999_999_999 ? 1 : expected + 1;
      String command = word(in);
      StringBuilder digits = new StringBuilder();
      int b = in.read();
      while (b >= '0' && b <= '9') {
        digits.append((char) b);
        b = in.read();
      }
      int length = Integer.parseInt(digits.toString());
      String data = "";
      if (length > 0) {
        require(b == ' ', "no space before the data");
        data = utf8(in, length);
        b = in.read();
      }
      require(b == '\n', "no line feed after the frame");
      switch (command) {
        case "open" -> say(out, List.of(answer(transaction, offers)));
        case "syslog" -> say(out, answering.answers(add(data), transaction, data));
        case "close" -> {
          say(out, List.of(transaction + " rsp 0", "0 serverclose 0"));
          ended();
          return;
        }
        default -> throw new IllegalArgumentException("command " + command);
      }
    }
  }

  private static void say(OutputStream out, List<String> frames) throws IOException {
    if (!frames.isEmpty()) {
      out.write((String.join("\n", frames) + "\n").getBytes(UTF_8));
      out.flush();
    }
  }

  private static int number(InputStream in, int first, char end) throws IOException {
    require(first >= '1' && first <= '9', "a number begins with the byte " + first);
    int number = first - '0';
    int b = in.read();
    while (b != end) {
      if (b < 0) {
        throw new EOFException();
      }
      require(b >= '0' && b <= '9' && number < 100_000_000, "a number has the byte " + b);
      number = number * 10 + b - '0';
      b = in.read();
    }
    return number;
  }

  private static String word(InputStream in) throws IOException {
    StringBuilder word = new StringBuilder();
    int b = in.read();
    while (b != ' ') {
      require(b >= 'a' && b <= 'z', "a command has the byte " + b);
      word.append((char) b);
      b = in.read();
    }
    return word.toString();
  }

  private static String utf8(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return decode(bytes);
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static void require(boolean right, String text) {
    if (!right) {
      throw new IllegalArgumentException(text);
    }
  }

  /** Runs this once after this many more messages, before the next one is read. */
  synchronized void afterMore(int messagesToCome, Runnable work) {
    reported = messages.size() + messagesToCome;
    report = work;
  }

  private int add(String message) {
    TestingMessage unused = TestingMessage.parse(message);
    int number;
    synchronized (this) {
      messages.add(message);
      notifyAll();
      number = messages.size();
    }
    if (number == reported) {
      report.run();
    }
    return number - 1;
  }

  private synchronized void addError(String error) {
    errors.add(error);
    notifyAll();
  }

  private synchronized void ended() {
    closedInOrder++;
    notifyAll();
  }

  /** All messages, once there are this many. */
  synchronized List<String> await(int atLeast) throws InterruptedException {
    awaitUntil(() -> messages.size() >= atLeast);
    return List.copyOf(messages);
  }

  synchronized void awaitAccepted(int atLeast) throws InterruptedException {
    awaitUntil(() -> accepted >= atLeast);
  }

  synchronized void awaitClosedInOrder(int atLeast) throws InterruptedException {
    awaitUntil(() -> closedInOrder >= atLeast);
  }

  private synchronized void awaitUntil(java.util.function.BooleanSupplier done)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!done.getAsBoolean()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError(
            "after 20 s: "
                + messages.size()
                + " messages, accepted "
                + accepted
                + ", closed in order "
                + closedInOrder
                + ", errors "
                + errors);
      }
      java.util.concurrent.TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** The ids of the events, from the PROCID. */
  List<String> awaitIds(int atLeast) throws InterruptedException {
    return ids(await(atLeast));
  }

  /** The ids of all messages, once they include this many events. */
  synchronized List<String> awaitEvents(int atLeast) throws InterruptedException {
    awaitUntil(() -> new HashSet<>(ids(messages)).size() >= atLeast);
    return ids(messages);
  }

  static List<String> ids(List<String> messages) {
    return messages.stream().map(message -> TestingMessage.parse(message).process()).toList();
  }

  synchronized List<String> errors() {
    return List.copyOf(errors);
  }

  synchronized void clear() {
    messages.clear();
    errors.clear();
    answering = YES;
  }

  /** Closes all connections in an orderly way, like a receiver that is stopped. */
  void closeConnections() {
    for (Socket socket : connections) {
      try {
        socket.close();
      } catch (IOException e) {
        addError("not closed: " + e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    closeConnections();
  }
}
