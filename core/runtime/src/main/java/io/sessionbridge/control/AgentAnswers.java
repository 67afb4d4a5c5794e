package io.sessionbridge.control;

import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.HostUse;
import java.util.Optional;
import java.util.Set;

/** The agent as those see it who ask. Any thread. */
public interface AgentAnswers {

  /** What is true now. */
  HostState state();

  /** What the sessions come to now. */
  HostUse use();

  /**
   * Whether the activity was judged since the agent started, or is from before: asked before {@link
   * #state}, it holds for what that tells.
   */
  boolean isJudged();

  /** Whether anything on this machine lists the sessions that exist. */
  boolean listsSessions();

  /** How the agent is. May read a few records of the journal. */
  AgentStatus status();

  /**
   * The events from now on.
   *
   * @param sink whose {@code select} applies; empty for all events
   * @param kinds only these; all if empty
   * @throws ControlException if there is no such sink
   */
  EventFeed feed(Optional<String> sink, Set<Kind> kinds) throws ControlException;
}
