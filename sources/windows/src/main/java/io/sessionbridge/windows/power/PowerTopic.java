package io.sessionbridge.windows.power;

import io.sessionbridge.windows.Guid;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Notifications that need a registration ({@code winnt.h}): sleep, which a hidden window does not
 * receive otherwise, and power settings, each with one DWORD.
 */
public enum PowerTopic {
  SLEEP(null),
  /** Presence in any session. Sent to session 0. */
  GLOBAL_USER_PRESENCE("786e8a1d-b427-4344-9207-09e70bdcbea9"),
  /** Presence in the program's own session. */
  SESSION_USER_PRESENCE("3c0f4548-c03f-4c4d-b9f2-237ede686376"),
  CONSOLE_DISPLAY("6fe69556-704a-47a0-8f24-c28d936fda47"),
  POWER_SOURCE("5d3e9a59-e9d5-4b00-a6bd-ff34ff516548");

  private final @Nullable UUID uuid;

  PowerTopic(@Nullable String uuid) {
    this.uuid = uuid == null ? null : UUID.fromString(uuid);
  }

  /** Topics of a service, which receives sleep through its controls. */
  public static Set<PowerTopic> ofService() {
    return Collections.unmodifiableSet(
        EnumSet.of(GLOBAL_USER_PRESENCE, CONSOLE_DISPLAY, POWER_SOURCE));
  }

  /**
   * Topics of a window.
   *
   * @param session the session of its process; session 0 has services only, and no user
   */
  public static Set<PowerTopic> ofWindow(long session) {
    return Collections.unmodifiableSet(
        EnumSet.of(
            SLEEP,
            session == 0 ? GLOBAL_USER_PRESENCE : SESSION_USER_PRESENCE,
            CONSOLE_DISPLAY,
            POWER_SOURCE));
  }

  /** Empty for topics that are not power settings. */
  Optional<Guid> guid() {
    return Optional.ofNullable(uuid).map(Guid::new);
  }

  /** For instance {@code global user presence}. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  Optional<PowerEvent> event(int value) {
    return switch (this) {
      case SLEEP -> Optional.empty();
      case GLOBAL_USER_PRESENCE, SESSION_USER_PRESENCE ->
          Optional.of(new PowerEvent.UserPresence(value));
      case CONSOLE_DISPLAY -> Optional.of(new PowerEvent.ConsoleDisplay(value));
      case POWER_SOURCE -> Optional.of(new PowerEvent.PowerSource(value));
    };
  }

  static Optional<PowerTopic> of(Guid guid) {
    return Stream.of(values()).filter(topic -> guid.uuid().equals(topic.uuid)).findFirst();
  }
}
