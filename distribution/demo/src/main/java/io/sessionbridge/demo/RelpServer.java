package io.sessionbridge.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The server's side of one RELP connection. A frame is
 *
 * <pre>TXNR SP COMMAND SP LEN [SP DATA] LF</pre>
 *
 * in both directions; an answer has the number of what it answers and the command {@code rsp}. One
 * thread.
 */
final class RelpServer {

  /** The longest message, and far more than any line of the demo. */
  private static final int LONGEST = 1 << 20;

  private static final String OFFERS =
      "200 OK\nrelp_version=0\nrelp_software=sessionbridge-demo\ncommands=syslog";

  private final InputStream in;
  private final OutputStream out;
  private final MessageFile messages;

  RelpServer(InputStream in, OutputStream out, MessageFile messages) {
    this.in = new BufferedInputStream(in);
    this.out = new BufferedOutputStream(out);
    this.messages = messages;
  }

  /**
   * Returns when the client has closed the session or gone between two frames.
   *
   * @throws IOException also for what is not RELP; then the connection is to be closed
   */
  void serve() throws IOException {
    for (int first = in.read(); first >= 0; first = in.read()) {
      int number = number(first);
      String command = word();
      answer(number, obey(command, data()));
      if (command.equals("close")) {
        out.write("0 serverclose 0\n".getBytes(UTF_8));
        out.flush();
        return;
      }
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  private String obey(String command, String data) throws IOException {
    return switch (command) {
      case "open" -> OFFERS;
      case "syslog" -> {
        messages.add(data);
        yield "200 OK";
      }
      case "close" -> "";
      default -> "500 unknown command " + command;
    };
  }

  private void answer(int number, String text) throws IOException {
    byte[] data = text.getBytes(UTF_8);
    out.write((number + " rsp " + data.length).getBytes(UTF_8));
    if (data.length > 0) {
      out.write(' ');
      out.write(data);
    }
    out.write('\n');
  }

  private int number(int first) throws IOException {
    int number = digit(first);
    for (int next = next(); next != ' '; next = next()) {
      number = more(number, next);
    }
    return number;
  }

  private String word() throws IOException {
    StringBuilder word = new StringBuilder();
    for (int next = next(); next != ' '; next = next()) {
      require(next > ' ' && next < 127 && word.length() < 32, "a command");
      word.append((char) next);
    }
    return word.toString();
  }

  private String data() throws IOException {
    int length = digit(next());
    int next = next();
    for (; next != ' ' && next != '\n'; next = next()) {
      length = more(length, next);
    }
    require(length <= LONGEST, "at most " + LONGEST + " bytes");
    if (next == '\n') {
      require(length == 0, "data after its length");
      return "";
    }
    byte[] data = in.readNBytes(length);
    require(next() == '\n', "a line feed after the data");
    return new String(data, UTF_8);
  }

  private static int more(int number, int next) throws IOException {
    require(number < 100_000_000, "a number with at most nine digits");
    return number * 10 + digit(next);
  }

  private static int digit(int next) throws IOException {
    require(next >= '0' && next <= '9', "a digit");
    return next - '0';
  }

  private int next() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("the client went in the middle of a frame");
    }
    return next;
  }

  private static void require(boolean right, String expected) throws IOException {
    if (!right) {
      throw new IOException("this is not RELP: expected " + expected);
    }
  }
}
