package io.sessionbridge.cli.ask;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ask.IdleCourse.Host;
import java.time.Duration;
import java.util.Optional;

/** Knows whether the host is idle. One thread; {@link #close} may be called by any. */
interface IdleFollower extends AutoCloseable {

  /**
   * What was heard.
   *
   * @param idleFor how long it has been idle, where it is
   * @param reason why nobody knows, where that is so
   */
  record News(Host host, Duration idleFor, String reason) {}

  /**
   * The next news.
   *
   * @return empty if nothing was heard in that time
   */
  Optional<News> next(Duration atMost) throws InterruptedException, CommandException;

  @Override
  void close();
}
