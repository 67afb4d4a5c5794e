package io.sessionbridge.http;

import io.sessionbridge.health.Health;
import java.util.List;

/** The agent's components, as the HTTP pages see them. Any thread; never blocks. */
public interface AgentView {

  /** Up if events can be made durable, else down with the reason. */
  Health journal();

  /** Every configured source; one that has not started yet is degraded. */
  List<Component> sources();

  /** All other components that have a health. */
  List<Component> others();
}
