package io.sessionbridge.sessions.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote. Checks every length before it allocates. */
public final class StateReader {

  private final ByteBuffer bytes;

  public StateReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  public long number() throws StateFormatException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = next();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new StateFormatException("a number is longer than ten bytes");
  }

  private byte next() throws StateFormatException {
    if (!bytes.hasRemaining()) {
      throw new StateFormatException("the state ends after " + bytes.position() + " bytes");
    }
    return bytes.get();
  }

  /** A count of items that take at least one byte each. */
  public int count() throws StateFormatException {
    long count = number();
    if (count < 0 || count > bytes.remaining()) {
      throw new StateFormatException(
          "expected at most " + bytes.remaining() + " more items, found a count of " + count);
    }
    return (int) count;
  }

  boolean flag() throws StateFormatException {
    return next() != 0;
  }

  @Nullable Boolean ternary() throws StateFormatException {
    byte value = next();
    return value == 2 ? null : Boolean.valueOf(value == 1);
  }

  <E extends Enum<E>> E enumeration(E[] constants) throws StateFormatException {
    String name = text();
    for (E constant : constants) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new StateFormatException("the value '" + name + "' is unknown");
  }

  public Kind kind() throws StateFormatException {
    String name = text();
    return Kind.ofWireName(name)
        .orElseThrow(() -> new StateFormatException("kind '" + name + "' is unknown"));
  }

  public Instant time() throws StateFormatException {
    return Rfc3339.ofMicros(number());
  }

  public String text() throws StateFormatException {
    byte[] utf8 = new byte[count()];
    bytes.get(utf8);
    return new String(utf8, UTF_8);
  }

  @Nullable String optionalText() throws StateFormatException {
    return flag() ? text() : null;
  }

  @Nullable Instant optionalTime() throws StateFormatException {
    return flag() ? time() : null;
  }

  public Moment moment() throws StateFormatException {
    Instant time = time();
    long uptime = number();
    return new Moment(
        time,
        uptime < 0 ? OptionalLong.empty() : OptionalLong.of(uptime),
        Optional.ofNullable(optionalText()));
  }

  @Nullable Moment optionalMoment() throws StateFormatException {
    return flag() ? moment() : null;
  }

  public void end() throws StateFormatException {
    if (bytes.hasRemaining()) {
      throw new StateFormatException(
          "expected the end of the state, found " + bytes.remaining() + " more bytes");
    }
  }
}
