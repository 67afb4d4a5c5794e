package io.sessionbridge.format.siem;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import java.util.Locale;

/** Properties of kinds that several formats use. */
final class Kinds {

  private Kinds() {}

  /** {@code session}, {@code host} or {@code bridge}. */
  static String subject(Kind kind) {
    return kind.subject().name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the event is an action that succeeded. Sources report only completed actions. A state
   * that was found and an unknown code are neither success nor failure, and neither is an event
   * that Windows does not confirm, because any program can post such a message.
   */
  static boolean succeeded(EventData data) {
    Kind kind = data.kind();
    return kind.subject() == Kind.Subject.SESSION
        && kind != Kind.SESSION_PRESENT
        && kind != Kind.OTHER
        && data.find(Field.CONFIRMED).orElse(true);
  }
}
