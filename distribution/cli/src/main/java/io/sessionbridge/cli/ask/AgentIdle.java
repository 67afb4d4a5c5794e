package io.sessionbridge.cli.ask;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ask.IdleCourse.Host;
import io.sessionbridge.control.JsonLine;
import java.time.Duration;
import java.util.Optional;

/** Reads the idle state of the host from a running agent. */
final class AgentIdle implements IdleFollower {

  private final AgentFollower agent;

  AgentIdle(AgentFollower agent) {
    this.agent = agent;
  }

  @Override
  public Optional<Update> next(Duration atMost) throws InterruptedException, CommandException {
    return agent.next(atMost).map(AgentIdle::update);
  }

  private static Update update(AgentFollower.Update update) {
    Optional<JsonLine> state = update.state();
    if (state.isEmpty()) {
      return new Update(Host.NO_AGENT, Duration.ZERO, update.reason());
    }
    return new Update(
        host(state.get()),
        Duration.ofSeconds(state.get().number("seconds").orElse(0L)),
        StateText.reason(state.get()));
  }

  private static Host host(JsonLine state) {
    Host idle = HostWord.isFromBefore(state) ? Host.WAS_IDLE : Host.IDLE;
    return HostWord.IDLE
        .isOrWasTrue(state)
        .map(isIdle -> isIdle ? idle : Host.NOT_IDLE)
        .orElse(Host.UNKNOWN);
  }

  @Override
  public void close() {
    agent.close();
  }
}
