package io.sessionbridge.cli.watch;

import static java.util.stream.Collectors.joining;

import io.sessionbridge.event.Elapsed;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.text.UntrustedText;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Formats an event as a line: as text, or as a JSON object that {@code replay} reads. */
final class WatchLine {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private static final List<Part> PARTS =
      List.of(
          new Part("active", Field.ACTIVE_SECONDS),
          new Part("locked", Field.LOCKED_SECONDS),
          new Part("screen saver", Field.SCREENSAVER_SECONDS),
          new Part("disconnected", Field.DISCONNECTED_SECONDS),
          new Part("asleep", Field.ASLEEP_SECONDS));

  private WatchLine() {}

  /**
   * For instance {@code 2026-11-20 09:15:02.123 unlock session 2 CONTOSO\kim after 40 min}, in
   * columns.
   *
   * @param zone of the time
   */
  static String text(Observation event, ZoneId zone) {
    EventData data = event.data();
    StringBuilder line = new StringBuilder(80);
    line.append(TIME.format(event.time().atZone(zone)));
    line.append(String.format(Locale.ROOT, "  %-18s", data.kind().wireName()));
    data.find(Field.SESSION_ID).ifPresent(id -> line.append("  session ").append(id));
    data.find(Field.USER_NAME).ifPresent(name -> line.append("  ").append(who(data, name)));
    if (data.kind() == Kind.OTHER) {
      data.find(Field.RAW_CODE).ifPresent(code -> line.append("  code ").append(code));
    }
    addBasis(data, line);
    addDurations(data, line);
    if (!event.live()) {
      data.find(Field.HOST_NAME)
          .ifPresent(name -> line.append("  on ").append(UntrustedText.part(name)));
    }
    return line.toString().stripTrailing();
  }

  /** Adds the basis of a host activity and the evidence of an inferred event. */
  private static void addBasis(EventData data, StringBuilder line) {
    if (data.kind() == Kind.HOST_IDLE || data.kind() == Kind.HOST_ACTIVE) {
      data.find(Field.BASIS)
          .ifPresent(basis -> line.append("  ").append(UntrustedText.part(basis)));
    }
    if (Boolean.TRUE.equals(data.get(Field.INFERRED))) {
      line.append("  inferred");
      data.find(Field.EVIDENCE)
          .ifPresent(evidence -> line.append(" from ").append(UntrustedText.part(evidence)));
    }
  }

  /** Adds the duration of the state that the event ends, and for the end of a life its totals. */
  private static void addDurations(EventData data, StringBuilder line) {
    Elapsed.seconds(data)
        .ifPresent(seconds -> line.append("  after ").append(Elapsed.text(seconds)));
    String parts =
        PARTS.stream()
            .flatMap(part -> data.find(part.field()).map(part::text).stream())
            .collect(joining(", "));
    if (!parts.isEmpty()) {
      line.append("  (").append(parts).append(')');
    }
  }

  /** A part of a user's time in a session. */
  private record Part(String name, Field<Long> field) {
    String text(long seconds) {
      return name + " " + Elapsed.text(seconds);
    }
  }

  private static String who(EventData data, String name) {
    String shown = UntrustedText.part(name);
    return data.find(Field.USER_DOMAIN)
        .map(domain -> UntrustedText.part(domain) + "\\" + shown)
        .orElse(shown);
  }

  /** For instance {@code {"time":"2026-11-20T08:15:02.123000Z","kind":"lock","session_id":2}}. */
  static String json(Observation event) {
    String data =
        new String(UntrustedText.escaped(EventJson.write(event.data())), StandardCharsets.UTF_8);
    return "{\"time\":\"" + Rfc3339.format(event.time()) + "\"," + data.substring(1);
  }
}
