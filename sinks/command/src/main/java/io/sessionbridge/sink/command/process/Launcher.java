package io.sessionbridge.sink.command.process;

import io.sessionbridge.event.EventData;
import io.sessionbridge.sink.command.config.Program;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Starts programs on this system. Any thread. */
public interface Launcher extends AutoCloseable {

  /** The user has left: nothing is started, and that is not a failure. */
  final class UserGoneException extends Exception {
    private static final long serialVersionUID = 1L;

    public UserGoneException(String message) {
      super(message);
    }
  }

  /**
   * Starts a program.
   *
   * @throws IOException if it cannot be started; no part of it remains
   */
  Running start(Launch launch) throws IOException, UserGoneException, InterruptedException;

  /**
   * The groups of the event's user.
   *
   * @param own whether the event is about a session of this machine
   * @throws IOException if they cannot be determined, which is not the same as none
   */
  List<UserGroup> groups(EventData event, boolean own)
      throws IOException, UserGoneException, InterruptedException;

  /** What this machine or the agent lacks for a program; empty if nothing. */
  Optional<String> missing(Program program);

  /** Ends what remains of all programs. */
  @Override
  void close();
}
