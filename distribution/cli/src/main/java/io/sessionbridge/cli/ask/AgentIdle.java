package io.sessionbridge.cli.ask;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ask.IdleCourse.Host;
import io.sessionbridge.control.JsonLine;
import java.time.Duration;
import java.util.Optional;

/** What a running agent says of the host. */
final class AgentIdle implements IdleFollower {

  private final AgentFollower agent;

  AgentIdle(AgentFollower agent) {
    this.agent = agent;
  }

  @Override
  public Optional<News> next(Duration atMost) throws InterruptedException, CommandException {
    return agent.next(atMost).map(AgentIdle::news);
  }

  private static News news(AgentFollower.News told) {
    Optional<JsonLine> state = told.state();
    if (state.isEmpty()) {
      return new News(Host.NO_AGENT, Duration.ZERO, told.reason());
    }
    return new News(
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
