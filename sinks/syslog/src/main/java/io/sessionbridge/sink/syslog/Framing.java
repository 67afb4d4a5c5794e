package io.sessionbridge.sink.syslog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How messages are separated on a stream (RFC 6587, section 3.4). */
enum Framing {
  /** The length, a space, the message; the only one that RFC 5425 allows. */
  OCTET_COUNTING {
    @Override
    void append(byte[] message, ByteArrayOutputStream to) {
      to.writeBytes(Integer.toString(message.length).getBytes(StandardCharsets.US_ASCII));
      to.write(' ');
      to.writeBytes(message);
    }
  },
  /** The message and a line feed; the encoder removes line feeds inside. */
  LF {
    @Override
    void append(byte[] message, ByteArrayOutputStream to) {
      to.writeBytes(message);
      to.write('\n');
    }
  };

  abstract void append(byte[] message, ByteArrayOutputStream to);
}
