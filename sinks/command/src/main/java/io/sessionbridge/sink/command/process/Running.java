package io.sessionbridge.sink.command.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/** A running program with all of its descendants. One thread at a time. */
public interface Running extends AutoCloseable {

  /**
   * Waits for the end of the program itself.
   *
   * @return its exit code; empty if the time elapsed first
   */
  OptionalInt await(Duration atMost) throws IOException, InterruptedException;

  /** Calls the listener once with the exit code, on another thread. */
  void onEnd(IntConsumer listener);

  /** Requests the end of all processes. Returns at once. */
  void stop() throws IOException;

  /**
   * Ends all processes.
   *
   * @return those that cannot be ended
   */
  List<String> kill() throws IOException;

  void suspend() throws IOException, InterruptedException;

  void resume() throws IOException, InterruptedException;

  /** Sets the lowest priority. */
  void lower() throws IOException, InterruptedException;

  /** Restores its priority. */
  void raise() throws IOException, InterruptedException;

  /** The end of its output, at most 4 KiB. Waits up to a second for the last of it. */
  String output() throws InterruptedException;

  /** Releases the resources of a program whose processes were ended. */
  @Override
  void close();
}
