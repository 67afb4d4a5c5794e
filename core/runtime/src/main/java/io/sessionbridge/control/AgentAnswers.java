package io.sessionbridge.control;

import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.HostUse;
import java.util.Optional;
import java.util.Set;

/** Answers the questions of control clients. Any thread. */
public interface AgentAnswers {

  /** The current state of the host. */
  HostState state();

  /** What the sessions amount to now. */
  HostUse use();

  /**
   * Whether the activity was judged since the agent started, rather than restored. Call it before
   * {@link #state}: a true then holds for the activity that {@code state} returns.
   */
  boolean isJudged();

  /** Whether any source on this machine lists the existing sessions. */
  boolean listsSessions();

  /** The health and backlog of the agent. May read a few journal records. */
  AgentStatus status();

  /**
   * Opens a feed of the events from now on.
   *
   * @param sink whose {@code select} applies; empty for all events
   * @param kinds only these; all if empty
   * @throws ControlException if there is no such sink
   */
  EventFeed feed(Optional<String> sink, Set<Kind> kinds) throws ControlException;
}
