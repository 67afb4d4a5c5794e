package io.sessionbridge.sink.command.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/** A program with all that it started. One thread at a time. */
public interface Running extends AutoCloseable {

  /**
   * Waits for the end of the program itself.
   *
   * @return its exit code; empty if the time was over first
   */
  OptionalInt await(Duration atMost) throws IOException, InterruptedException;

  /** Calls the listener once with the exit code, on a thread of its own. */
  void onEnd(IntConsumer listener);

  /** Asks all of it to end. Returns at once. */
  void stop() throws IOException;

  /**
   * Ends all of it.
   *
   * @return what cannot be ended
   */
  List<String> kill() throws IOException;

  void suspend() throws IOException, InterruptedException;

  void resume() throws IOException, InterruptedException;

  /** Gives it the lowest priority. */
  void lower() throws IOException, InterruptedException;

  /** Gives it its priority again. */
  void raise() throws IOException, InterruptedException;

  /** The end of what it printed, at most 4 KiB; waits up to a second for what it printed last. */
  String output() throws InterruptedException;

  /** Releases what is held for a program whose tree was killed. */
  @Override
  void close();
}
