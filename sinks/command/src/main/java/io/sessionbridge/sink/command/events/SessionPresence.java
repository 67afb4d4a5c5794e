package io.sessionbridge.sink.command.events;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.spi.SinkContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the user of an event is still in the session, by the state of the host. An event is
 * durable slightly before the state includes it, so this waits for the state. Any thread.
 */
final class SessionPresence {

  /** After this time the state decides even if it does not include the event. */
  static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

  private final SinkContext context;
  private final Clock.Signal pause;

  SessionPresence(SinkContext context) {
    this.context = context;
    this.pause = context.clock().signal();
  }

  /**
   * Whether the user is present, as far as the agent knows. Without a state, only the start
   * decides.
   */
  boolean isPresent(SessionEvent event, long session) throws InterruptedException {
    Optional<String> user = event.data().find(Field.USER_NAME);
    long begin = context.clock().nanoTime();
    while (true) {
      Optional<HostState> state = context.state();
      if (state.isEmpty()) {
        return true;
      }
      boolean present = isPresent(state.get(), session, user);
      long known = state.get().sequence();
      boolean decided = known > 0 ? known >= event.journalSequence() : present;
      if (decided || context.clock().nanoTime() - begin >= MAX_WAIT.toNanos()) {
        return present;
      }
      boolean unused = pause.await(POLL_INTERVAL);
    }
  }

  private static boolean isPresent(HostState state, long session, Optional<String> user) {
    return state.sessions().stream()
        .filter(open -> open.sessionId() == session)
        .map(SessionState::userName)
        .anyMatch(name -> name.isPresent() && (user.isEmpty() || name.equals(user)));
  }
}
