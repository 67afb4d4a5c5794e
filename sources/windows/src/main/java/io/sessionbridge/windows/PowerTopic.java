package io.sessionbridge.windows.service;

import io.sessionbridge.windows.service.ServiceEvent.ConsoleDisplay;
import io.sessionbridge.windows.service.ServiceEvent.PowerSource;
import io.sessionbridge.windows.service.ServiceEvent.UserPresence;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The power settings that a service asks Windows to tell ({@code winnt.h}), all of one DWORD. */
enum PowerSetting {
  USER_PRESENCE("786e8a1d-b427-4344-9207-09e70bdcbea9"),
  CONSOLE_DISPLAY("6fe69556-704a-47a0-8f24-c28d936fda47"),
  POWER_SOURCE("5d3e9a59-e9d5-4b00-a6bd-ff34ff516548");

  private final UUID guid;

  PowerSetting(String guid) {
    this.guid = UUID.fromString(guid);
  }

  UUID guid() {
    return guid;
  }

  /** For instance {@code user presence}. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  ServiceEvent event(int value) {
    return switch (this) {
      case USER_PRESENCE -> new UserPresence(value);
      case CONSOLE_DISPLAY -> new ConsoleDisplay(value);
      case POWER_SOURCE -> new PowerSource(value);
    };
  }

  static Optional<PowerSetting> of(UUID guid) {
    return Stream.of(values()).filter(setting -> setting.guid.equals(guid)).findFirst();
  }
}
