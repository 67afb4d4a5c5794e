package io.sessionbridge.cli.ask;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.StopSignal;
import io.sessionbridge.control.ControlClient;
import io.sessionbridge.control.JsonLine;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the state of a running agent, and finds it again after a restart. One thread; {@link
 * #close} may be called by any.
 */
final class AgentFollower implements AutoCloseable {

  /** Between two attempts to find an agent that has gone. */
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final AgentOption agent;
  private final StopSignal stop;
  private volatile @Nullable ControlClient client;

  /**
   * What was heard.
   *
   * @param state empty while the agent has gone
   * @param reason why it has
   */
  record News(Optional<JsonLine> state, String reason) {}

  private AgentFollower(AgentOption agent, StopSignal stop) {
    this.agent = agent;
    this.stop = stop;
  }

  /**
   * Begins to follow.
   *
   * @param stop ends waits
   * @throws CommandException if no agent answers
   */
  static AgentFollower of(AgentOption agent, StopSignal stop) throws CommandException {
    AgentFollower follower = new AgentFollower(agent, stop);
    try {
      follower.follow(agent.connect());
    } catch (IOException e) {
      throw new CommandException("the agent does not answer: " + e.getMessage());
    }
    return follower;
  }

  private void follow(ControlClient connected) throws IOException {
    boolean follows = false;
    try {
      connected.follow();
      client = connected;
      follows = true;
    } finally {
      if (!follows) {
        connected.close();
      }
    }
  }

  /**
   * The next state.
   *
   * @return empty if nothing was heard in that time
   */
  Optional<News> next(Duration atMost) throws InterruptedException, CommandException {
    ControlClient asked = client;
    try {
      if (asked == null) {
        stop.await(atMost.compareTo(AGAIN) < 0 ? atMost : AGAIN);
        follow(agent.reconnect());
        return Optional.empty();
      }
      return asked.nextState(atMost).map(state -> new News(Optional.of(state), ""));
    } catch (IOException e) {
      close();
      return Optional.of(new News(Optional.empty(), String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void close() {
    ControlClient open = client;
    client = null;
    if (open != null) {
      open.close();
    }
  }
}
