package io.sessionbridge.http;

import io.sessionbridge.health.Health;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /health}: 200 as long as events can be made durable, even if other components fail. An
 * unreachable sink only costs disk space, and restarting the agent would not bring it back. 503 if
 * events cannot be made durable.
 */
final class HealthPage implements Page {

  private final AgentView agent;

  HealthPage(AgentView agent) {
    this.agent = agent;
  }

  @Override
  public Answer get(String accept) throws IOException {
    Health journal = agent.journal();
    List<Component> all = new ArrayList<>();
    all.add(new Component("journal", "", journal));
    all.addAll(agent.sources());
    all.addAll(agent.others());
    if (journal.status() == Health.Status.DOWN) {
      return Json.state(503, Json.word(Health.Status.DOWN), all);
    }
    boolean allUp = all.stream().allMatch(component -> component.health().isUp());
    return Json.state(200, Json.word(allUp ? Health.Status.UP : Health.Status.DEGRADED), all);
  }
}
