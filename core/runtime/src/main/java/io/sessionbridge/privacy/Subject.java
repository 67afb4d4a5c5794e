package io.sessionbridge.privacy;

import java.util.Locale;

/** Whom or what a name is of. */
public enum Subject {
  /** Who is logged on. */
  USERS,
  /** The machines from which users connect. */
  CLIENTS,
  /** The machines that events are about. */
  HOSTS;

  /** As the configuration says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
