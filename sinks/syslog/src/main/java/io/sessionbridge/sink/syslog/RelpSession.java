package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.text.UntrustedText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A RELP session, from open to close. Up to 128 messages may be unanswered; each refill of the
 * window is one write, or several if the messages are large. For use by one thread.
 */
final class RelpSession {

  private static final int WINDOW = 128;

  /** Limits a write: a window of the longest messages would be 128 MiB in memory. */
  private static final int PIECE = 64 << 10;

  private static final int LAST_TRANSACTION = 999_999_999;
  private static final byte[] OFFER =
      "relp_version=0\nrelp_software=SessionBridge\ncommands=syslog".getBytes(US_ASCII);
  private static final byte[] NOTHING = {};

  private final HostPort server;
  private final SyslogConnection connection;
  private final RelpReader reader;
  private final ByteArrayOutputStream frames = new ByteArrayOutputStream(8192);
  private int transaction;

  private RelpSession(HostPort server, SyslogConnection connection, int lastTransaction) {
    this.server = server;
    this.connection = connection;
    this.transaction = lastTransaction;
    this.reader = new RelpReader(connection);
  }

  /**
   * Opens a session.
   *
   * @throws IOException if the receiver refuses it; the message says what to change
   */
  static RelpSession open(HostPort server, SyslogConnection connection) throws IOException {
    return open(server, connection, 0);
  }

  /**
   * Opens a session whose transaction numbers do not start at 1.
   *
   * @param lastTransaction the number before the first transaction
   */
  static RelpSession open(HostPort server, SyslogConnection connection, int lastTransaction)
      throws IOException {
    RelpSession session = new RelpSession(server, connection, lastTransaction);
    connection.limit();
    int opening = session.nextTransaction();
    session.write(opening, "open", OFFER);
    RelpFrame answer = session.answerTo(opening);
    if (!answer.isOk()) {
      throw new IOException(
          server + " refuses the RELP session: " + UntrustedText.part(answer.text()).strip());
    }
    requireSyslog(server, answer.text());
    connection.endLimit();
    return session;
  }

  private static void requireSyslog(HostPort server, String offers) throws IOException {
    Optional<String> commands =
        offers.lines().filter(line -> line.startsWith("commands=")).findFirst();
    boolean offered =
        commands.isEmpty()
            || Arrays.asList(commands.get().substring("commands=".length()).split(","))
                .contains("syslog");
    if (!offered) {
      throw new IOException(
          server + " does not accept syslog over RELP, but " + UntrustedText.part(commands.get()));
    }
  }

  private int nextTransaction() {
    transaction = transaction == LAST_TRANSACTION ? 1 : transaction + 1;
    return transaction;
  }

  private void write(int number, String command, byte[] data) throws IOException {
    frames.reset();
    RelpFrame.append(number, command, data, frames);
    connection.write(frames);
  }

  private RelpFrame answerTo(int number) throws IOException {
    while (true) {
      RelpFrame frame = nextAnswer();
      if (frame.transaction() == number) {
        return frame;
      }
    }
  }

  private RelpFrame nextAnswer() throws IOException {
    while (true) {
      RelpFrame frame = reader.next();
      if (frame.command().equals("rsp")) {
        return frame;
      }
      requireOpen(frame);
    }
  }

  /** Ignores all other hints of a receiver. */
  private static void requireOpen(RelpFrame frame) throws IOException {
    if (frame.command().equals("serverclose")) {
      throw new IOException("the receiver closed the session");
    }
  }

  /**
   * Sends messages and waits for all answers. Refills the window whenever all received answers were
   * processed: the outgoing data carries the TCP acknowledgement for them, without which a receiver
   * with Nagle's algorithm delays the next ones by 40 ms or more.
   *
   * <p>The timeout runs from one answer that settles a message to the next. Nothing else that the
   * receiver sends extends it.
   */
  SendResult send(List<byte[]> messages) {
    Answers answers = new Answers(messages.size());
    int before = transaction;
    Optional<String> broken = Optional.empty();
    try {
      int sent = 0;
      connection.limit();
      while (answers.count() < sent || (sent < messages.size() && !answers.isStopped())) {
        if ((reader.isEmpty() || sent == answers.count()) && !answers.isStopped()) {
          int room = WINDOW - (sent - answers.count());
          int next = Math.min(messages.size(), sent + room);
          write(messages.subList(sent, next));
          sent = next;
        }
        int settled = answers.count();
        accept(nextAnswer(), before, sent, answers);
        if (answers.count() > settled) {
          connection.limit();
        }
      }
      connection.endLimit();
    } catch (IOException e) {
      broken = Optional.of("lost the connection to " + server + ": " + e.getMessage());
    }
    return answers.result(server, broken);
  }

  private void write(List<byte[]> messages) throws IOException {
    if (messages.isEmpty()) {
      return;
    }
    frames.reset();
    for (byte[] message : messages) {
      RelpFrame.append(nextTransaction(), "syslog", message, frames);
      if (frames.size() >= PIECE) {
        connection.write(frames);
        frames.reset();
      }
    }
    if (frames.size() > 0) {
      connection.write(frames);
    }
  }

  /** Ignores answers to messages that are not in flight: duplicates, or of another session. */
  private static void accept(RelpFrame answer, int before, int sent, Answers answers) {
    int index = Math.floorMod(answer.transaction() - before - 1, LAST_TRANSACTION);
    if (answer.transaction() > 0 && index < sent) {
      answers.add(index, answer);
    }
  }

  /** Checks whether the receiver has ended the session; ignores answers. */
  void probe() throws IOException {
    connection.limit();
    Optional<RelpFrame> frame = reader.nextWithin(1);
    while (frame.isPresent()) {
      requireOpen(frame.get());
      frame = reader.nextWithin(0);
    }
    connection.endLimit();
  }

  /** Ends the session as the protocol requires. */
  void close() throws IOException {
    int closing = nextTransaction();
    write(closing, "close", NOTHING);
    RelpFrame unused = answerTo(closing);
  }
}
