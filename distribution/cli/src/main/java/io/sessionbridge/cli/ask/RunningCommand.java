package io.sessionbridge.cli.ask;

import io.sessionbridge.windows.window.SessionWindow;
import java.io.IOException;
import java.util.List;

/**
 * A running command with everything that it started. Not thread-safe, except for {@link #awaitEnd}.
 */
interface RunningCommand {

  /** Starts it with the standard streams of this program. */
  static RunningCommand start(List<String> command) throws IOException {
    return SessionWindow.isSupported() ? CommandJob.start(command) : TreeCommand.start(command);
  }

  /** Waits for the end of the command itself, and returns its exit code. Any thread. */
  int awaitEnd() throws IOException, InterruptedException;

  /** Updates the set of its processes; must be called regularly. */
  void look();

  /** Asks all processes to end, if the system supports that. */
  void stop() throws IOException;

  /**
   * Kills all processes.
   *
   * @return the processes that cannot be killed, such as another user's
   */
  List<String> kill();

  /** Suspends all processes. */
  void suspend() throws IOException, InterruptedException;

  /** Resumes all processes. */
  void resume() throws IOException, InterruptedException;

  /** Gives all processes the lowest priority. */
  void lower() throws IOException, InterruptedException;

  /** Restores the priority of all processes. */
  void raise() throws IOException, InterruptedException;
}
