package io.sessionbridge.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;

/**
 * RELP with the window of the agent's sink. Counts answers without a look at what they say; the
 * count of what arrived is the proof.
 *
 * <p>As many go out as answers came in, at once: a sender that waits for more room sends nothing
 * that carries TCP's acknowledgement of the answers, and rsyslogd, which sends each in a packet of
 * its own, holds back the next until that comes, after 40 ms.
 */
final class RelpSender implements MessageSender {

  private static final int WINDOW = 128;
  private static final String OFFER = "relp_version=0\nrelp_software=bare\ncommands=syslog";

  private final Socket socket;
  private final List<byte[]> tails;
  private final byte[] answers = new byte[8192];
  private int transaction;

  /**
   * Opens a session.
   *
   * @param socket that is connected; closed with this
   */
  RelpSender(Socket socket, List<byte[]> messages) throws IOException {
    this.socket = socket;
    this.tails = messages.stream().map(message -> tail("syslog", message)).toList();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    append(tail("open", OFFER.getBytes(US_ASCII)), frame);
    frame.writeTo(socket.getOutputStream());
    int read = socket.getInputStream().read(answers); // comes whole, and alone
    String answer = new String(answers, 0, Math.max(0, read), US_ASCII);
    if (!answer.startsWith("1 rsp ") || !answer.contains(" 200 OK")) {
      throw new IOException("no session: " + answer);
    }
  }

  /** A frame but for its number. */
  private static byte[] tail(String command, byte[] data) {
    ByteArrayOutputStream tail = new ByteArrayOutputStream();
    tail.writeBytes((" " + command + " " + data.length + " ").getBytes(US_ASCII));
    tail.writeBytes(data);
    tail.write('\n');
    return tail.toByteArray();
  }

  private void append(byte[] tail, ByteArrayOutputStream to) {
    transaction = transaction == 999_999_999 ? 1 : transaction + 1;
    int power = 1;
    while (transaction / power >= 10) {
      power *= 10;
    }
    for (; power > 0; power /= 10) {
      to.write('0' + transaction / power % 10);
    }
    to.writeBytes(tail);
  }

  @Override
  public void send(int count) throws IOException {
    ByteArrayOutputStream refill = new ByteArrayOutputStream(WINDOW * 1024);
    int sent = 0;
    int answered = 0;
    while (answered < count) {
      for (; sent < Math.min(count, answered + WINDOW); sent++) {
        append(tails.get(sent % tails.size()), refill);
      }
      refill.writeTo(socket.getOutputStream());
      refill.reset();
      answered += readAnswers();
    }
  }

  /** Each is a line. */
  private int readAnswers() throws IOException {
    InputStream in = socket.getInputStream();
    int read = in.read(answers);
    if (read < 0) {
      throw new EOFException("the receiver closed the connection");
    }
    int count = 0;
    for (int i = 0; i < read; i++) {
      count += answers[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
