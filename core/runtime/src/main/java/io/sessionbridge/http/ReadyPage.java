package io.sessionbridge.http;

import io.sessionbridge.health.Health;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /ready}: 200 when what happens from now on is heard and kept: the journal is open and
 * takes events, and every source is up. A source whose start returned but that the system has not
 * registered yet (the Terminal Services of a booting machine) hears nothing, so it is not ready:
 * who waits for this page before he logs on relies on exactly that. For the same reason a source
 * that loses its registration takes the agent's readiness with it. Sinks do not count; one that is
 * not well is named all the same.
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
    shown.addAll(unwell());
    boolean ready =
        journal.status() != Health.Status.DOWN
            && needed.stream().skip(1).allMatch(component -> component.health().isUp());
    return Json.state(ready ? 200 : 503, ready ? "ready" : "not_ready", shown);
  }

  /** What has no part in the answer must not spoil it either. */
  private List<Component> unwell() {
    try {
      return agent.others().stream().filter(other -> !other.health().isUp()).toList();
    } catch (RuntimeException e) {
      LOG.debug("the other components cannot be asked", e);
      return List.of();
    }
  }
}
