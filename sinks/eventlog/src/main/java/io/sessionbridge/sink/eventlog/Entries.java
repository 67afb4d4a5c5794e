package io.sessionbridge.sink.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.event.Severity;
import io.sessionbridge.sink.eventlog.messages.EventCategory;
import io.sessionbridge.sink.eventlog.messages.EventIds;
import io.sessionbridge.sink.eventlog.messages.MessageFile;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.text.UntrustedText;
import io.sessionbridge.windows.eventlog.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Converts events to entries. The strings of an entry have fixed positions, which the page of the
 * sink lists; new ones are added at the end. Unknown values are empty.
 *
 * <p>The message file refers only to the first string, the readable one. The others keep their
 * percent signs.
 */
final class Entries {

  /** The maximum of all strings in characters of two bytes, so that an entry stays below 64 KiB. */
  private static final int LONGEST_ENTRY = 30_000;

  private static final String DATA_LEFT_OUT = " [data left out]";

  private Entries() {}

  /** The entry; empty if the event's text is too long and must not be truncated. */
  static Optional<LogEntry> of(EncodedEvent encoded) {
    return text(encoded).flatMap(text -> entry(encoded, text));
  }

  /** The body as one line that is safe to show. */
  private static Optional<String> text(EncodedEvent encoded) {
    byte[] body = encoded.body();
    String text = new String(encoded.cuttable() ? body : UntrustedText.escaped(body), UTF_8);
    String safe = MessageFile.shown(text);
    if (encoded.cuttable()) {
      return Optional.of(UntrustedText.line(safe, LogEntry.LONGEST_STRING));
    }
    return safe.length() > LogEntry.LONGEST_STRING ? Optional.empty() : Optional.of(safe);
  }

  private static Optional<LogEntry> entry(EncodedEvent encoded, String text) {
    SessionEvent event = encoded.event();
    EventData data = event.data();
    List<String> strings = new ArrayList<>();
    strings.add(text);
    strings.add(event.kind().wireName());
    strings.add(data.find(Field.SESSION_ID).map(String::valueOf).orElse(""));
    strings.add(part(data, Field.USER_NAME));
    strings.add(part(data, Field.USER_DOMAIN));
    strings.add(part(data, Field.USER_SID));
    strings.add(part(data, Field.CLIENT_NAME));
    strings.add(part(data, Field.CLIENT_ADDRESS));
    strings.add(part(data, Field.HOST_NAME));
    strings.add(Rfc3339.format(event.time()));
    strings.add(UntrustedText.part(event.id()));
    if (!fits(strings, encoded)) {
      return Optional.empty();
    }
    return Optional.of(
        new LogEntry(
            event.kind().severity() == Severity.WARNING
                ? LogEntry.Type.WARNING
                : LogEntry.Type.INFORMATION,
            EventCategory.of(event.kind()).number(),
            EventIds.of(event.kind()),
            data.find(Field.USER_SID),
            strings));
  }

  /**
   * Adds all fields as JSON, which cannot be truncated, or omits them.
   *
   * @return false if even the other strings do not fit
   */
  private static boolean fits(List<String> strings, EncodedEvent encoded) {
    String json = new String(UntrustedText.escaped(encoded.event().json()), UTF_8);
    int others = strings.stream().mapToInt(String::length).sum();
    if (others + json.length() <= LONGEST_ENTRY) {
      strings.add(json);
      return true;
    }
    strings.add("");
    if (!encoded.cuttable()) {
      return others <= LONGEST_ENTRY;
    }
    String text = strings.get(0);
    int longest = LONGEST_ENTRY - (others - text.length()) - DATA_LEFT_OUT.length();
    strings.set(0, UntrustedText.line(text, longest) + DATA_LEFT_OUT);
    return true;
  }

  private static String part(EventData data, Field<String> field) {
    return data.find(field).map(UntrustedText::part).orElse("");
  }
}
