package io.sessionbridge.format.siem;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import java.util.Locale;

/** What several formats say of a kind. */
final class Kinds {

  private Kinds() {}

  /** {@code session}, {@code host} or {@code bridge}. */
  static String subject(Kind kind) {
    return kind.subject().name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether it is something that somebody or something did, and that therefore succeeded: only what
   * happened is reported. A state that was found, and an unknown code, are neither success nor
   * failure; nor is what Windows denied, because any program can post such a message.
   */
  static boolean succeeded(EventData data) {
    Kind kind = data.kind();
    return kind.subject() == Kind.Subject.SESSION
        && kind != Kind.SESSION_PRESENT
        && kind != Kind.OTHER
        && data.find(Field.CONFIRMED).orElse(true);
  }
}
