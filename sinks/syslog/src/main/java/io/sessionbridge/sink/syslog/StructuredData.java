package io.sessionbridge.sink.syslog;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.event.SessionEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes the structured data of RFC 5424, section 6.3: the configured elements of the RFC, and the
 * fields of the event under the operator's enterprise number.
 */
final class StructuredData {

  private static final int NAME = 32;
  private static final int LAST_SEQUENCE_ID = 2_147_483_647;
  private static final long UPTIME_LIMIT = 1L << 32;

  private final List<StandardData> standard;
  private final Optional<Long> enterpriseNumber;
  private final Optional<String> version;
  private int sequenceId;

  /**
   * @param version of SessionBridge, if known
   */
  StructuredData(
      List<StandardData> standard, Optional<Long> enterpriseNumber, Optional<String> version) {
    this.standard = standard;
    this.enterpriseNumber = enterpriseNumber;
    this.version = version;
  }

  void append(SessionEvent event, StringBuilder to) {
    int start = to.length();
    for (StandardData element : standard) {
      switch (element) {
        case META -> appendMeta(event, to);
        case ORIGIN -> appendOrigin(to);
        case TIME_QUALITY -> to.append("[timeQuality tzKnown=\"1\"]");
      }
    }
    enterpriseNumber.ifPresent(number -> appendFields(number, event, to));
    if (to.length() == start) {
      to.append(HeaderText.NIL);
    }
  }

  private void appendMeta(SessionEvent event, StringBuilder to) {
    sequenceId = nextSequenceId(sequenceId);
    to.append("[meta");
    append("sequenceId", Integer.toString(sequenceId), to);
    event
        .data()
        .find(Field.UPTIME_MS)
        .ifPresent(ms -> append("sysUpTime", Long.toString(ms / 10 % UPTIME_LIMIT), to));
    to.append(']');
  }

  /** Restarts at 1, as section 7.3.1 requires. */
  static int nextSequenceId(int last) {
    return last == LAST_SEQUENCE_ID ? 1 : last + 1;
  }

  private void appendOrigin(StringBuilder to) {
    to.append("[origin");
    enterpriseNumber.ifPresent(number -> append("enterpriseId", Long.toString(number), to));
    append("software", "SessionBridge", to);
    version.ifPresent(text -> append("swVersion", text, to));
    to.append(']');
  }

  private static void appendFields(long enterpriseNumber, SessionEvent event, StringBuilder to) {
    to.append("[sessionbridge@").append(enterpriseNumber);
    append("id", event.id(), to);
    append("source", event.source(), to);
    append("sequence", event.sequence(), to);
    append("recordedtime", Rfc3339.format(event.recordedTime()), to);
    EventData data = event.data();
    for (Field<?> field : Field.all()) {
      Object value = data.get(field);
      if (value != null) {
        append(field.name(), text(value), to);
      }
    }
    data.others().forEach((name, value) -> append(name, text(value), to));
    to.append(']');
  }

  private static String text(Object value) {
    if (value instanceof Instant time) {
      return Rfc3339.format(time);
    }
    return value instanceof Kind kind ? kind.wireName() : value.toString();
  }

  /** Replaces control characters: a line feed could start another message. */
  private static void append(String name, String value, StringBuilder to) {
    to.append(' ');
    appendName(name, to);
    to.append("=\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\' || c == ']') {
        to.append('\\');
      }
      to.append(Character.isISOControl(c) ? ' ' : c);
    }
    to.append('"');
  }

  /** A field of a later version may have any name. */
  private static void appendName(String name, StringBuilder to) {
    for (int i = 0; i < Math.min(name.length(), NAME); i++) {
      char c = name.charAt(i);
      boolean allowed = c > ' ' && c < 127 && c != '=' && c != ']' && c != '"';
      to.append(allowed ? c : '_');
    }
  }
}
