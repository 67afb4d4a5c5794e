package io.sessionbridge.format;

import io.sessionbridge.event.Elapsed;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.text.UntrustedText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A readable sentence: {@code CONTOSO\kim unlocked session 2 on HOST7 after 40 min}, where the time
 * is the duration of the state that ended. Names are untrusted, so {@link UntrustedText#part}
 * sanitizes and truncates each: a sentence is one line and safe for a terminal. The JSON formats
 * contain the names unchanged.
 */
public final class SentenceFormat implements EventFormat {

  private static final String CONTENT_TYPE = "text/plain; charset=UTF-8";

  SentenceFormat() {}

  @Override
  public EncodedEvent encode(SessionEvent event) {
    byte[] body = sentence(event.data()).getBytes(StandardCharsets.UTF_8);
    return new EncodedEvent(event, body, CONTENT_TYPE, List.of());
  }

  /** The sentence, also for other formats with a message field. */
  public static String sentence(EventData data) {
    return happened(data.kind(), data) + inferred(data);
  }

  private static String happened(Kind kind, EventData data) {
    String host = host(data);
    String session = session(data) + " on " + host;
    return switch (kind) {
      case LOGON -> user(data) + " logged on to " + session + client(data);
      case LOGOFF -> user(data) + " logged off from " + session + after(data);
      case LOCK -> user(data) + " locked " + session + after(data);
      case UNLOCK -> user(data) + " unlocked " + session + after(data);
      case CONSOLE_CONNECT ->
          user(data) + " connected to " + session + " at the console" + after(data);
      case CONSOLE_DISCONNECT ->
          user(data) + " disconnected from " + session + " at the console" + after(data);
      case REMOTE_CONNECT -> user(data) + " connected to " + session + client(data) + after(data);
      case REMOTE_DISCONNECT ->
          user(data) + " disconnected from " + session + client(data) + after(data);
      case REMOTE_CONTROL -> "remote control of " + session + " changed" + of(data);
      case SCREENSAVER_START -> "the screen saver started in " + session + after(data) + of(data);
      case SCREENSAVER_STOP -> "the screen saver stopped in " + session + after(data) + of(data);
      case SHELL_START -> "the shell started in " + session + of(data);
      case DESKTOP_READY -> "the desktop is ready in " + session + of(data);
      case SESSION_CREATE -> session + " was created" + of(data);
      case SESSION_TERMINATE -> session + " ended" + after(data) + of(data);
      case SESSION_PRESENT -> session + " is present" + of(data);
      case OTHER -> "code " + data.get(Field.RAW_CODE) + " in " + session + of(data);
      case HOST_IDLE -> host + " is idle" + was(data);
      case HOST_ACTIVE -> active(host, data) + was(data);
      case HOST_SUSPEND -> host + " goes to sleep";
      case HOST_RESUME -> host + " woke up";
      case HOST_SHUTDOWN -> host + " shuts down";
      case CLOCK_CHANGE -> "the clock of " + host + " was set";
      case BRIDGE_START -> "SessionBridge started on " + host;
      case BRIDGE_STOP -> "SessionBridge stopped on " + host;
      case BRIDGE_HEARTBEAT -> "SessionBridge on " + host + " is " + health(data);
      case GAP -> gap(data) + " on " + host;
    };
  }

  /** The duration of the state that ended. */
  private static String after(EventData data) {
    return Elapsed.seconds(data).map(seconds -> " after " + Elapsed.text(seconds)).orElse("");
  }

  private static String was(EventData data) {
    boolean used = data.has(Field.LAST_HOST_ACTIVE_SECONDS);
    return Elapsed.seconds(data)
        .map(seconds -> (used ? ", was in use for " : ", was idle for ") + Elapsed.text(seconds))
        .orElse("");
  }

  private static String active(String host, EventData data) {
    return "unknown".equals(data.get(Field.REASON))
        ? "nothing tells whether " + host + " is in use"
        : host + " is in use";
  }

  private static String inferred(EventData data) {
    if (!Boolean.TRUE.equals(data.get(Field.INFERRED))) {
      return "";
    }
    String evidence = text(data, Field.EVIDENCE);
    return evidence == null ? ", inferred" : ", inferred from " + evidence;
  }

  private static @Nullable String text(EventData data, Field<String> field) {
    return data.find(field).map(UntrustedText::part).orElse(null);
  }

  private static String host(EventData data) {
    return data.find(Field.HOST_NAME)
        .or(() -> data.find(Field.HOST_ID))
        .map(UntrustedText::part)
        .orElse("an unknown host");
  }

  private static String session(EventData data) {
    return data.find(Field.SESSION_ID).map(id -> "session " + id).orElse("a session");
  }

  private static String user(EventData data) {
    String name = name(data);
    return name == null ? "somebody" : name;
  }

  private static String of(EventData data) {
    String name = name(data);
    return name == null ? "" : ", user " + name;
  }

  private static @Nullable String name(EventData data) {
    String name = text(data, Field.USER_NAME);
    String domain = text(data, Field.USER_DOMAIN);
    if (name == null) {
      return text(data, Field.USER_UPN);
    }
    return domain == null ? name : domain + "\\" + name;
  }

  private static String client(EventData data) {
    String name = text(data, Field.CLIENT_NAME);
    String address = text(data, Field.CLIENT_ADDRESS);
    if (name == null && address == null) {
      return "";
    }
    if (name == null || address == null) {
      return " from " + (name == null ? address : name);
    }
    return " from " + name + " (" + address + ")";
  }

  private static String health(EventData data) {
    String detail = text(data, Field.HEALTH_DETAIL);
    String health = data.find(Field.HEALTH).map(UntrustedText::part).orElse("alive");
    return detail == null ? health : health + ": " + detail;
  }

  private static String gap(EventData data) {
    String reason = text(data, Field.REASON);
    if (!data.has(Field.LAST_SEQUENCE)) { // the flood of a session
      return data.find(Field.LOST_COUNT).map(count -> count + " events").orElse("events")
          + " of "
          + session(data)
          + " are left out"
          + (reason == null ? "" : " (" + reason + ")");
    }
    return data.find(Field.LOST_COUNT).map(count -> count + " events").orElse("events")
        + " are missing, sequences "
        + data.get(Field.FIRST_SEQUENCE)
        + " to "
        + data.get(Field.LAST_SEQUENCE)
        + (reason == null ? "" : " (" + reason + ")");
  }
}
