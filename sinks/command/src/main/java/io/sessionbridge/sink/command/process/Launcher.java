package io.sessionbridge.sink.command.process;

import io.sessionbridge.event.EventData;
import io.sessionbridge.sink.command.config.Program;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Starts programs on this system. Any thread. */
public interface Launcher extends AutoCloseable {

  /** The user is not there any more: nothing is to be started, and nothing is wrong. */
  final class UserGoneException extends Exception {
    private static final long serialVersionUID = 1L;

    public UserGoneException(String message) {
      super(message);
    }
  }

  /**
   * Starts a program.
   *
   * @throws IOException if it cannot be started; nothing of it is left then
   */
  Running start(Launch launch) throws IOException, UserGoneException, InterruptedException;

  /**
   * The groups of the event's user.
   *
   * @param own whether the event is about a session of this machine
   * @throws IOException if they cannot be found out, which is not the same as none
   */
  List<UserGroup> groups(EventData event, boolean own)
      throws IOException, UserGoneException, InterruptedException;

  /** What is missing for a program of this kind here; empty if nothing is. */
  Optional<String> missing(Program program);

  /** Ends what is left of all programs. */
  @Override
  void close();
}
