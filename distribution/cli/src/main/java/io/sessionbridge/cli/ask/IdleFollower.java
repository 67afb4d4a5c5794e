package io.sessionbridge.cli.ask;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ask.IdleCourse.Host;
import java.time.Duration;
import java.util.Optional;

/** Follows whether the host is idle. Not thread-safe, except for {@link #close}. */
interface IdleFollower extends AutoCloseable {

  /**
   * An update.
   *
   * @param idleFor how long it has been idle, if it is
   * @param reason why it is unknown, if it is
   */
  record Update(Host host, Duration idleFor, String reason) {}

  /**
   * The next update.
   *
   * @return empty if there was no update in that time
   */
  Optional<Update> next(Duration atMost) throws InterruptedException, CommandException;

  @Override
  void close();
}
