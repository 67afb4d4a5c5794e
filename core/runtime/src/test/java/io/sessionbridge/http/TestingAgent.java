package io.sessionbridge.http;

import io.sessionbridge.health.Health;
import java.util.List;

/** An agent whose components a test sets. */
final class TestingAgent implements AgentView {

  volatile Health journal = Health.up();
  volatile Health source = Health.up();
  volatile Health sink = Health.up();

  @Override
  public Health journal() {
    return journal;
  }

  @Override
  public List<Component> sources() {
    return List.of(new Component("source", "windows", source));
  }

  @Override
  public List<Component> others() {
    return List.of(new Component("sink", "lake", sink));
  }
}
