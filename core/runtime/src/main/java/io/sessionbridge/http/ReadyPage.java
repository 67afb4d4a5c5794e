package io.sessionbridge.http;

import io.sessionbridge.health.Health;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /ready}: 200 if every event from now on is captured and kept: the journal accepts events,
 * and every source is up. A source that has started but is not registered with the system yet
 * (Terminal Services while the machine boots) receives nothing and is not ready, nor is one that
 * has lost its registration. Users wait for this page before they log on and rely on that. Sinks do
 * not count, but unhealthy ones are listed.
 */
final class ReadyPage implements Page {

  private static final Logger LOG = LoggerFactory.getLogger(ReadyPage.class);

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
    List<Component> shown = new ArrayList<>(needed);
    shown.addAll(unhealthy());
    boolean ready =
        journal.status() != Health.Status.DOWN
            && needed.stream().skip(1).allMatch(component -> component.health().isUp());
    return Json.state(ready ? 200 : 503, ready ? "ready" : "not_ready", shown);
  }

  /** A failure here must not change the answer, which does not depend on these components. */
  private List<Component> unhealthy() {
    try {
      return agent.others().stream().filter(other -> !other.health().isUp()).toList();
    } catch (RuntimeException e) {
      LOG.debug("the health of the other components is not available", e);
      return List.of();
    }
  }
}
