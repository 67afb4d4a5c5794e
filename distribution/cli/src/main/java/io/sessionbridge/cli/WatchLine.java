package io.sessionbridge.cli;

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
import java.util.Locale;

/** An event as a line: for people, or as a JSON object that {@code replay} reads. */
final class WatchLine {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private WatchLine() {}

  /**
   * For instance {@code 2026-11-20 09:15:02.123 lock session 2 CONTOSO\kim on WS-7}, in columns.
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
    if (!event.live()) {
      data.find(Field.HOST_NAME)
          .ifPresent(name -> line.append("  on ").append(UntrustedText.part(name)));
    }
    return line.toString().stripTrailing();
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
