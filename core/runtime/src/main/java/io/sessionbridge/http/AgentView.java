package io.sessionbridge.http;

import io.sessionbridge.health.Health;
import java.util.List;

/** The agent as its pages see it. Any thread; never blocks. */
public interface AgentView {

  /** Up if events can be made durable, else down with the reason. */
  Health journal();

  /** Every source of the configuration; one that was not started yet is degraded. */
  List<Component> sources();

  /** Everything else that can be well or not. */
  List<Component> others();
}
