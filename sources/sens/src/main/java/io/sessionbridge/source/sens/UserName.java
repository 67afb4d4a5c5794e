package io.sessionbridge.source.sens;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;

/**
 * A user as SENS names one: {@code DOMAIN\name}, sometimes without the domain.
 *
 * @param domain empty if there is none
 * @param name empty if SENS names no user
 */
record UserName(String domain, String name) {

  /** Splits at the last backslash. */
  static UserName of(String text) {
    int end = text.lastIndexOf('\\');
    return end < 0
        ? new UserName("", text)
        : new UserName(text.substring(0, end), text.substring(end + 1));
  }

  /** Whether a session may belong to this user; an unknown domain matches any. */
  boolean isUserOf(EventData session) {
    return !name.isEmpty()
        && name.equalsIgnoreCase(session.get(Field.USER_NAME))
        && (domain.isEmpty() || domain.equalsIgnoreCase(session.get(Field.USER_DOMAIN)));
  }
}
