package io.sessionbridge.privacy;

import java.util.Locale;

/** What a name identifies. */
public enum Subject {
  /** Logged-on users. */
  USERS,
  /** The machines from which users connect. */
  CLIENTS,
  /** The machines that events are about. */
  HOSTS;

  /** As in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
