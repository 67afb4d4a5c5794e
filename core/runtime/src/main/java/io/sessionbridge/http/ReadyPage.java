package io.sessionbridge.http;

import io.sessionbridge.health.Health;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /ready}: 200 when what happens from now on is heard and kept: the journal is open and
 * takes events, and every source is up. A source whose start returned but that the system has not
 * registered yet (the Terminal Services of a booting machine) hears nothing, so it is not ready:
 * who waits for this page before he logs on relies on exactly that. For the same reason a source
 * that loses its registration takes the agent's readiness with it. Sinks do not count.
 */
final class ReadyPage implements Page {

  private final AgentView agent;

  ReadyPage(AgentView agent) {
    this.agent = agent;
  }

  @Override
  public Answer get(String accept) throws IOException {
    Health journal = agent.journal();
    List<Component> needed = new ArrayList<>();
    needed.add(new Component("journal", "", journal));
    needed.addAll(agent.sources());
    boolean ready =
        journal.status() != Health.Status.DOWN
            && agent.sources().stream().allMatch(component -> component.health().isUp());
    return Json.state(ready ? 200 : 503, ready ? "ready" : "not_ready", needed);
  }
}
