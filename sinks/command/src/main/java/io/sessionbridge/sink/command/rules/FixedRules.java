package io.sessionbridge.sink.command.rules;

import io.sessionbridge.health.Health;
import io.sessionbridge.sink.command.config.OnRule;
import java.util.List;

/** The rules of the configuration. */
public record FixedRules(List<OnRule> now) implements Rules {

  @Override
  public Health check() {
    return Health.up();
  }

  @Override
  public void close() {
    // holds nothing
  }
}
