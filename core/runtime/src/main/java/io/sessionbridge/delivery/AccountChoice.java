package io.sessionbridge.delivery;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.SessionEvent;
import java.util.Locale;
import java.util.Optional;

/** A word of {@code select.account_types}. */
enum AccountChoice {
  LOCAL,
  DOMAIN,
  ENTRA,
  VIRTUAL,
  SERVICE,
  /** The event names no user, or no type of the user's account, or one that is not known here. */
  UNKNOWN,
  /** Every event. */
  ALL;

  /** What an event may be. */
  private static final AccountChoice[] TYPES = {LOCAL, DOMAIN, ENTRA, VIRTUAL, SERVICE};

  private final String word = name().toLowerCase(Locale.ROOT);

  String word() {
    return word;
  }

  /** What an event says of its user's account, whether or not it names the user. */
  static AccountChoice of(SessionEvent event) {
    Optional<String> type = event.text(Field.ACCOUNT_TYPE);
    if (type.isPresent()) {
      for (AccountChoice choice : TYPES) {
        if (choice.word.equalsIgnoreCase(type.get())) {
          return choice;
        }
      }
    }
    return UNKNOWN;
  }
}
