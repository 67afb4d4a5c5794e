package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.SinkContext;
import java.util.Arrays;
import java.util.Optional;

/**
 * Encodes events as messages: header, space, optional byte order mark, text. For use by one thread.
 */
final class MessageEncoder {

  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** The end of a truncated message, visible to the reader. */
  private static final byte[] CUT = "...".getBytes(UTF_8);

  private final MessageHead messageHead;
  private final byte[] mark;
  private final int maxBytes;
  private final StringBuilder head = new StringBuilder(512);
  private long truncated;

  MessageEncoder(MessageHead messageHead, boolean bom, int maxBytes) {
    this.messageHead = messageHead;
    this.mark = bom ? BOM : new byte[0];
    this.maxBytes = maxBytes;
  }

  static MessageEncoder of(SyslogSinkConfig config, SinkContext context) {
    MessageHead head =
        switch (config.header()) {
          case RFC5424 ->
              new Rfc5424(
                  config.facility(),
                  new StructuredData(config.standardData(), config.enterpriseNumber(), version()));
          case RFC3164 -> new Rfc3164(config.facility(), context.host(), context.bodyBeginning());
        };
    return new MessageEncoder(head, config.bom(), config.maxMessageBytes());
  }

  private static Optional<String> version() {
    return Optional.ofNullable(MessageEncoder.class.getPackage().getImplementationVersion());
  }

  /**
   * Encodes a message of at most the configured length. A {@linkplain EncodedEvent#cuttable
   * cuttable} body is truncated between two characters.
   *
   * @throws TooLargeException if it does not fit and must not be truncated
   */
  byte[] encode(EncodedEvent encoded) throws TooLargeException {
    byte[] head = head(encoded.event()).getBytes(UTF_8);
    byte[] body = encoded.body();
    int room = maxBytes - head.length - 1 - mark.length;
    if (room < CUT.length || (body.length > room && !encoded.cuttable())) {
      throw new TooLargeException(
          "the message would have "
              + (head.length + 1 + mark.length + body.length)
              + " bytes, max_message_bytes is "
              + maxBytes);
    }
    int kept = body.length <= room ? body.length : cut(body, room - CUT.length);
    byte[] tail = kept < body.length ? CUT : new byte[0];
    byte[] message = Arrays.copyOf(head, head.length + 1 + mark.length + kept + tail.length);
    int at = head.length;
    message[at++] = ' ';
    System.arraycopy(mark, 0, message, at, mark.length);
    at += mark.length;
    // A line feed inside a name must not start another message at the receiver.
    Controls.copyWithout(body, kept, message, at);
    System.arraycopy(tail, 0, message, at + kept, tail.length);
    truncated += kept < body.length ? 1 : 0;
    return message;
  }

  private String head(SessionEvent event) {
    head.setLength(0);
    messageHead.append(event, head);
    return head.toString();
  }

  /** How many messages were truncated so far. */
  long truncated() {
    return truncated;
  }

  /** The largest length, at most {@code most}, that does not split a character. */
  private static int cut(byte[] utf8, int most) {
    int end = most;
    while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }
}
