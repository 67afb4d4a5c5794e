package io.sessionbridge.sessions.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.sessions.Moment;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of a state: numbers as zigzag varints (seven bits per byte, lowest first),
 * texts as their length in UTF-8 bytes and the bytes.
 */
public final class StateWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

  public void number(long value) {
    long rest = value << 1 ^ value >> 63;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  void flag(boolean value) {
    bytes.write(value ? 1 : 0);
  }

  /** True, false or unknown. */
  void ternary(@Nullable Boolean value) {
    bytes.write(value == null ? 2 : value ? 1 : 0);
  }

  public void kind(Kind value) {
    text(value.wireName());
  }

  void enumeration(Enum<?> value) {
    text(value.name());
  }

  public void time(Instant value) {
    number(Rfc3339.toMicros(value));
  }

  public void text(String value) {
    byte[] utf8 = value.getBytes(UTF_8);
    number(utf8.length);
    bytes.writeBytes(utf8);
  }

  void optionalText(@Nullable String value) {
    flag(value != null);
    if (value != null) {
      text(value);
    }
  }

  void optionalTime(@Nullable Instant value) {
    flag(value != null);
    if (value != null) {
      time(value);
    }
  }

  public void moment(Moment value) {
    time(value.time());
    number(value.uptimeMillis().orElse(-1));
    optionalText(value.bootId().orElse(null));
  }

  void optionalMoment(@Nullable Moment value) {
    flag(value != null);
    if (value != null) {
      moment(value);
    }
  }

  public byte[] toBytes() {
    return bytes.toByteArray();
  }
}
