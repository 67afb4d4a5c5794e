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
 * Follows the state of a running agent, and reconnects after its restart. Not thread-safe, except
 * for {@link #close}.
 */
final class AgentFollower implements AutoCloseable {

  /** The pause between two attempts to reconnect. */
  private static final Duration RECONNECT_PAUSE = Duration.ofMillis(500);

  private final AgentOption agent;
  private final StopSignal stop;
  private volatile @Nullable ControlClient client;

  /**
   * An update.
   *
   * @param state empty while the agent is gone
   * @param reason why it is gone
   */
  record Update(Optional<JsonLine> state, String reason) {}

  private AgentFollower(AgentOption agent, StopSignal stop) {
    this.agent = agent;
    this.stop = stop;
  }

  /**
   * Starts to follow.
   *
   * @param stop interrupts waits
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
   * @return empty if there was no update in that time
   */
  Optional<Update> next(Duration atMost) throws InterruptedException, CommandException {
    ControlClient asked = client;
    try {
      if (asked == null) {
        stop.await(atMost.compareTo(RECONNECT_PAUSE) < 0 ? atMost : RECONNECT_PAUSE);
        follow(agent.reconnect());
        return Optional.empty();
      }
      return asked.nextState(atMost).map(state -> new Update(Optional.of(state), ""));
    } catch (IOException e) {
      close();
      return Optional.of(new Update(Optional.empty(), String.valueOf(e.getMessage())));
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
