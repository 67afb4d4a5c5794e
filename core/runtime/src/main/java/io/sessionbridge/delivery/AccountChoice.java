package io.sessionbridge.delivery;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.SessionEvent;
import java.util.Locale;
import java.util.Optional;

/** A value of {@code select.account_types}. */
enum AccountChoice {
  LOCAL,
  DOMAIN,
  ENTRA,
  VIRTUAL,
  SERVICE,
  /** The event has no user, no account type, or an account type that is not listed here. */
  UNKNOWN,
  /** Every event. */
  ALL;

  /** The account types that an event can state. */
  private static final AccountChoice[] TYPES = {LOCAL, DOMAIN, ENTRA, VIRTUAL, SERVICE};

  private final String word = name().toLowerCase(Locale.ROOT);

  String word() {
    return word;
  }

  /** The account type that an event states, whether or not it names the user. */
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
