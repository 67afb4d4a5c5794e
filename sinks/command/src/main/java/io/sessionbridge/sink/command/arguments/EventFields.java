package io.sessionbridge.sink.command.arguments;

import io.sessionbridge.config.Suggestion;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.event.SessionEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event as text, by their names in the flat JSON. Excludes fields that this
 * version does not know: an imported event could otherwise choose the names of variables.
 */
public final class EventFields {

  private static final String PREFIX = "SESSIONBRIDGE_";
  private static final Set<String> NAMES = names();

  private final SessionEvent event;

  public EventFields(SessionEvent event) {
    this.event = event;
  }

  private static Set<String> names() {
    Set<String> names = new LinkedHashSet<>(Set.of("id", "time", "recordedtime", "sequence"));
    Field.all().forEach(field -> names.add(field.name()));
    return names;
  }

  static boolean exists(String name) {
    return NAMES.contains(name);
  }

  static String unknown(String name) {
    List<String> longer =
        NAMES.stream().filter(known -> known.startsWith(name + "_")).sorted().toList();
    String near =
        longer.isEmpty()
            ? Suggestion.question(name, NAMES)
            : "; possible fields: " + String.join(", ", longer);
    return "has ${"
        + name
        + "}, which is not a field of an event"
        + (near.isEmpty() ? "; core/DESIGN.md lists them" : near);
  }

  /** The text of a field; empty if the event lacks it. */
  public Optional<String> text(String name) {
    return switch (name) {
      case "id" -> Optional.of(event.id());
      case "time" -> Optional.of(Rfc3339.format(event.time()));
      case "recordedtime" -> Optional.of(Rfc3339.format(event.recordedTime()));
      case "sequence" -> Optional.of(event.sequence());
      default -> Field.ofName(name).flatMap(field -> event.data().find(field)).map(this::text);
    };
  }

  private String text(@Nullable Object value) {
    if (value instanceof Kind kind) {
      return kind.wireName();
    }
    return value instanceof Instant time ? Rfc3339.format(time) : String.valueOf(value);
  }

  /** Variables such as {@code SESSIONBRIDGE_KIND}. A field that the event lacks has no variable. */
  public Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : NAMES) {
      text(name)
          .ifPresent(
              text -> variables.put(PREFIX + name.toUpperCase(Locale.ROOT), withoutNul(text)));
    }
    return variables;
  }

  /** A NUL would end the variable and could begin another. No valid event contains one. */
  private static String withoutNul(String text) {
    return text.replace('\0', ' ');
  }
}
