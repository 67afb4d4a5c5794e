package io.sessionbridge.event;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What happened. The wire name is the constant's name in lower case. */
public enum Kind {
  LOGON(Subject.SESSION),
  LOGOFF(Subject.SESSION),
  LOCK(Subject.SESSION),
  UNLOCK(Subject.SESSION),
  CONSOLE_CONNECT(Subject.SESSION),
  CONSOLE_DISCONNECT(Subject.SESSION),
  REMOTE_CONNECT(Subject.SESSION),
  REMOTE_DISCONNECT(Subject.SESSION),
  /** Shadowing of the session started or ended. */
  REMOTE_CONTROL(Subject.SESSION),
  SCREENSAVER_START(Subject.SESSION),
  SCREENSAVER_STOP(Subject.SESSION),
  SHELL_START(Subject.SESSION),
  /** The session switched to the user's desktop (Windows 11 24H2 and later). */
  DESKTOP_READY(Subject.SESSION),
  SESSION_CREATE(Subject.SESSION),
  SESSION_TERMINATE(Subject.SESSION),
  /** The agent found a session that exists, or that differs from what was reported. */
  SESSION_PRESENT(Subject.SESSION),
  /** An operating system code without a kind of its own; see {@link Field#RAW_CODE}. */
  OTHER(Subject.SESSION),

  HOST_IDLE(Subject.HOST),
  HOST_ACTIVE(Subject.HOST),
  HOST_SUSPEND(Subject.HOST),
  HOST_RESUME(Subject.HOST),
  HOST_SHUTDOWN(Subject.HOST),
  CLOCK_CHANGE(Subject.HOST),

  BRIDGE_START(Subject.BRIDGE),
  BRIDGE_STOP(Subject.BRIDGE),
  /** A regular event that distinguishes a quiet host from a silent agent. */
  BRIDGE_HEARTBEAT(Subject.BRIDGE),
  /** Events that this sink will never receive: how many, which sequences, why. */
  GAP(Subject.BRIDGE);

  /** What the event is about; the middle of the CloudEvents type. */
  public enum Subject {
    SESSION,
    HOST,
    BRIDGE
  }

  private static final Map<String, Kind> BY_WIRE_NAME =
      Stream.of(values()).collect(toUnmodifiableMap(Kind::wireName, identity()));

  private static final Kind[] VALUES = values();

  /** The wire names in ASCII, by ordinal. */
  private static final byte[][] WIRE_BYTES =
      Stream.of(VALUES)
          .map(kind -> kind.wireName.getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  private final Subject subject;
  private final String wireName;
  private final String type;
  private final Optional<Kind> present = Optional.of(this);

  Kind(Subject subject) {
    this.subject = subject;
    this.wireName = name().toLowerCase(Locale.ROOT);
    this.type =
        "io.sessionbridge." + subject.name().toLowerCase(Locale.ROOT) + "." + wireName + ".v1";
  }

  public Subject subject() {
    return subject;
  }

  /** The name in the data's {@code kind}, for instance {@code remote_connect}. */
  public String wireName() {
    return wireName;
  }

  /** The CloudEvents type, for instance {@code io.sessionbridge.session.logon.v1}. */
  public String type() {
    return type;
  }

  /** The severity of this kind, the same in every format. */
  public Severity severity() {
    return Severity.of(this);
  }

  public static Optional<Kind> ofWireName(String name) {
    return Optional.ofNullable(BY_WIRE_NAME.get(name));
  }

  /** As {@link #ofWireName}, but from the bytes of a larger text, of which no string is made. */
  static Optional<Kind> ofWireName(byte[] text, int from, int to) {
    int length = to - from;
    for (int i = 0; i < WIRE_BYTES.length; i++) {
      byte[] name = WIRE_BYTES[i];
      if (name.length == length && Arrays.equals(text, from, to, name, 0, length)) {
        return VALUES[i].present;
      }
    }
    return Optional.empty();
  }
}
