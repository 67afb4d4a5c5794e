package io.sessionbridge.http;

import io.sessionbridge.health.Health;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /health}: 200 as long as events can be made durable, whatever else is wrong: a sink that
 * is away costs nothing but room on the disk, and starting the agent anew would not bring it back.
 * 503 when they cannot.
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
    boolean well = all.stream().allMatch(component -> component.health().isUp());
    return Json.state(200, Json.word(well ? Health.Status.UP : Health.Status.DEGRADED), all);
  }
}
