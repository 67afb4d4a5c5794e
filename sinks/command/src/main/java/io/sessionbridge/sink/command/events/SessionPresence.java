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
 * Whether the user of an event is in the session now, by the state of the host. An event is durable
 * a moment before the state shows it, so this waits until the state is past the event. Any thread.
 */
final class SessionPresence {

  /** A state that is not past the event after this decides as it is. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(10);

  private final SinkContext context;
  private final Clock.Signal pause;

  SessionPresence(SinkContext context) {
    this.context = context;
    this.pause = context.clock().signal();
  }

  /** Whether it is so, as far as the agent knows: where it knows no state, the system is asked. */
  boolean isThere(SessionEvent event, long session) throws InterruptedException {
    Optional<String> user = event.data().find(Field.USER_NAME);
    long begin = context.clock().nanoTime();
    while (true) {
      Optional<HostState> state = context.state();
      if (state.isEmpty()) {
        return true;
      }
      boolean there = isThere(state.get(), session, user);
      long known = state.get().sequence();
      boolean decided = known > 0 ? known >= event.journalSequence() : there;
      if (decided || context.clock().nanoTime() - begin >= PATIENCE.toNanos()) {
        return there;
      }
      boolean unused = pause.await(LOOK);
    }
  }

  private static boolean isThere(HostState state, long session, Optional<String> user) {
    return state.sessions().stream()
        .filter(open -> open.sessionId() == session)
        .map(SessionState::userName)
        .anyMatch(name -> name.isPresent() && (user.isEmpty() || name.equals(user)));
  }
}
