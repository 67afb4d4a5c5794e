package io.sessionbridge.windows.power;

import io.sessionbridge.windows.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Subscribes to power notifications, and records which Windows refused. Any thread. */
public final class PowerRegistrations {

  private final PowerSystem system;
  private final Set<PowerTopic> topics;
  private final Map<PowerTopic, Integer> refused = new EnumMap<>(PowerTopic.class);

  /** Subscribes to nothing yet. */
  public PowerRegistrations(PowerSystem system, Set<PowerTopic> topics) {
    this.system = system;
    this.topics = topics;
  }

  /** Subscribes again, which makes Windows send the current values. */
  public synchronized void renew() {
    end();
    for (PowerTopic topic : topics) {
      system.register(topic).ifPresent(error -> refused.put(topic, error));
    }
  }

  public synchronized void end() {
    system.unregisterAll();
    refused.clear();
  }

  /**
   * For instance {@code Windows does not report sleep (error 127: ...), power source (error 5)}.
   */
  public synchronized Optional<String> refused() {
    return refused.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Windows does not report "
                + refused.entrySet().stream()
                    .map(e -> e.getKey().text() + " (" + ErrorCode.text(e.getValue()) + ")")
                    .collect(Collectors.joining(", ")));
  }
}
