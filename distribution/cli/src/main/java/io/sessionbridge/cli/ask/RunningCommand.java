package io.sessionbridge.cli.ask;

import io.sessionbridge.windows.window.SessionWindow;
import java.io.IOException;
import java.util.List;

/** A command that runs, with everything that it started. One thread, but {@link #awaitEnd}. */
interface RunningCommand {

  /** Starts it with the standard streams of this program. */
  static RunningCommand start(List<String> command) throws IOException {
    return SessionWindow.isSupported() ? CommandJob.start(command) : TreeCommand.start(command);
  }

  /** Waits for the end of the command itself, and returns its exit code. Any thread. */
  int awaitEnd() throws IOException, InterruptedException;

  /** To be called now and then: remembers who belongs to it. */
  void look();

  /** Asks all to end, where the system has a request for that. */
  void stop() throws IOException;

  /**
   * Ends all.
   *
   * @return the processes that cannot be ended, such as another user's
   */
  List<String> kill();

  /** Stops all where they are. */
  void suspend() throws IOException, InterruptedException;

  /** Lets all go on. */
  void resume() throws IOException, InterruptedException;

  /** Gives all the lowest priority. */
  void lower() throws IOException, InterruptedException;

  /** Gives all their priority back. */
  void raise() throws IOException, InterruptedException;
}
