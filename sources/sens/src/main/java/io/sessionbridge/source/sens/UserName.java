package io.sessionbridge.source.sens;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;

/**
 * A user as SENS names one: {@code DOMAIN\name}, now and then without the domain.
 *
 * @param domain empty if there is none
 * @param name empty if SENS named nobody
 */
record UserName(String domain, String name) {

  /** What stands before the last backslash is the domain. */
  static UserName of(String text) {
    int end = text.lastIndexOf('\\');
    return end < 0
        ? new UserName("", text)
        : new UserName(text.substring(0, end), text.substring(end + 1));
  }

  /** Whether a session may be this user's; a domain that was not told does not matter. */
  boolean isUserOf(EventData session) {
    return !name.isEmpty()
        && name.equalsIgnoreCase(session.get(Field.USER_NAME))
        && (domain.isEmpty() || domain.equalsIgnoreCase(session.get(Field.USER_DOMAIN)));
  }
}
