package io.sessionbridge.windows.power;

import io.sessionbridge.windows.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps what was asked of Windows about power, and what Windows refused. Any thread. */
public final class PowerRequests {

  private final PowerSystem system;
  private final Set<PowerTopic> topics;
  private final Map<PowerTopic, Integer> refused = new EnumMap<>(PowerTopic.class);

  /** Asks for nothing yet. */
  public PowerRequests(PowerSystem system, Set<PowerTopic> topics) {
    this.system = system;
    this.topics = topics;
  }

  /** Asks anew, which makes Windows tell the present values once more. */
  public synchronized void renew() {
    end();
    for (PowerTopic topic : topics) {
      system.listen(topic).ifPresent(error -> refused.put(topic, error));
    }
  }

  public synchronized void end() {
    system.unlisten();
    refused.clear();
  }

  /** For instance {@code Windows does not tell sleep (error 127: ...), power source (error 5)}. */
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
