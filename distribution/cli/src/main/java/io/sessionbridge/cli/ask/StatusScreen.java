package io.sessionbridge.cli.ask;

import io.sessionbridge.control.JsonLine;
import io.sessionbridge.text.UntrustedText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Formats the answer to {@code status} for a terminal. */
final class StatusScreen {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final JsonLine status;
  private final JsonLine state;
  private final boolean administrator;
  private final ZoneId zone;
  private final List<String> lines = new ArrayList<>();

  /**
   * Formats an answer.
   *
   * @param administrator whether the answer is complete
   */
  StatusScreen(JsonLine answer, boolean administrator, ZoneId zone) {
    this.status = answer.object("status");
    this.state = answer.object("state");
    this.administrator = administrator;
    this.zone = zone;
  }

  List<String> lines() {
    lines.add(
        "SessionBridge "
            + text(status, "version")
            + ", process "
            + status.number("process_id").orElse(0L)
            + ", since "
            + time(status, "started")
            + ": "
            + text(status, "health"));
    lines.add("");
    parts();
    backlogs();
    lines.add("Host:   " + StateText.of(state));
    sessions();
    lastEvent();
    if (!administrator) {
      lines.add("");
      lines.add("Reasons and other users' names are shown to administrators.");
    }
    return List.copyOf(lines);
  }

  private void parts() {
    lines.add("Parts");
    for (JsonLine part : status.objects("parts")) {
      String id = part.text("id").map(named -> " " + UntrustedText.part(named)).orElse("");
      String message =
          part.text("message").map(text -> "  " + UntrustedText.message(text)).orElse("");
      lines.add(
          String.format(
              Locale.ROOT, "  %-9s %s%s%s", text(part, "status"), text(part, "kind"), id, message));
    }
    lines.add("");
  }

  private void backlogs() {
    lines.add("Sinks");
    for (JsonLine backlog : status.objects("backlogs")) {
      lines.add("  " + text(backlog, "sink") + ": " + waiting(backlog) + losses(backlog));
    }
    lines.add("");
  }

  private static String waiting(JsonLine backlog) {
    long pending = backlog.number("pending_events").orElse(0L);
    if (pending == 0) {
      return "up to date, " + backlog.number("delivered_events").orElse(0L) + " delivered";
    }
    StringBuilder text =
        new StringBuilder(pending + (pending == 1 ? " event pending" : " events pending"));
    backlog
        .number("age_seconds")
        .ifPresent(age -> text.append(", oldest for ").append(StateText.span(age)));
    text.append(
        backlog
            .number("drain_seconds")
            .map(seconds -> ", drained in about " + StateText.span(seconds))
            .orElse(", not shrinking now"));
    return text.toString();
  }

  private static String losses(JsonLine backlog) {
    long rejected = backlog.number("rejected_events").orElse(0L);
    long lost = backlog.number("lost_events").orElse(0L);
    return (rejected == 0 ? "" : ", " + rejected + " rejected")
        + (lost == 0 ? "" : ", " + lost + " lost");
  }

  private void sessions() {
    List<JsonLine> shown = state.objects("sessions");
    long all = state.number("session_count").orElse((long) shown.size());
    lines.add(
        "Sessions: "
            + all
            + (all > shown.size() ? ", of which " + shown.size() + " of this user" : ""));
    for (JsonLine session : shown) {
      lines.add(
          "  "
              + session.number("session_id").orElse(-1L)
              + "  "
              + who(session)
              + session.text("state").map(word -> "  " + UntrustedText.part(word)).orElse("")
              + (session.has("since") ? " since " + time(session, "since") : ""));
    }
  }

  private void lastEvent() {
    JsonLine last = status.object("last_event");
    if (last.has("kind")) {
      String user = last.has("user_name") ? "  " + who(last) : "";
      String session = last.number("session_id").map(id -> "  session " + id).orElse("");
      String host = last.has("host_name") ? "  on " + text(last, "host_name") : "";
      lines.add(
          "Last event: " + time(last, "time") + "  " + text(last, "kind") + session + user + host);
    }
  }

  private static String who(JsonLine named) {
    Optional<String> user = named.text("user_name").map(UntrustedText::part);
    if (user.isEmpty()) {
      return "no user";
    }
    return named
        .text("user_domain")
        .map(domain -> UntrustedText.part(domain) + "\\" + user.get())
        .orElse(user.get());
  }

  private static String text(JsonLine line, String name) {
    return line.text(name).map(UntrustedText::part).orElse("?");
  }

  private String time(JsonLine line, String name) {
    try {
      return TIME.format(Instant.parse(line.text(name).orElse("")).atZone(zone));
    } catch (DateTimeParseException e) {
      return "?";
    }
  }
}
