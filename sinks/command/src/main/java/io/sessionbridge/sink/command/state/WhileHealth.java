package io.sessionbridge.sink.command.state;

import io.sessionbridge.health.Health;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The health of the command of a {@link WhileRun}: its last unresolved failure, and the processes
 * that it left. One thread, except {@link #now}.
 */
final class WhileHealth {

  private Optional<String> start = Optional.empty();
  private Optional<String> end = Optional.empty();
  private Optional<String> left = Optional.empty();
  private Optional<String> held = Optional.empty();
  private volatile Health now = Health.up();

  /** Any thread. */
  Health now() {
    return now;
  }

  void cannotStart(String why) {
    start = Optional.of("run: the command cannot be started: " + why);
    show();
  }

  /** A start does not clear an earlier failure of the command, which may fail again. */
  void started() {
    start = Optional.empty();
    show();
  }

  /**
   * It ended by itself with a failure.
   *
   * @param lastLine its last line of output; may be empty
   */
  void failed(int code, String lastLine) {
    end =
        Optional.of(
            "run: the command ended with exit code "
                + code
                + (lastLine.isEmpty() ? "" : ": " + lastLine));
    show();
  }

  /** It has run for a while, or has ended as expected. */
  void wentWell() {
    start = Optional.empty();
    end = Optional.empty();
    show();
  }

  /** It should continue but cannot be released. */
  void cannotRelease(String why) {
    held = Optional.of("the command cannot be resumed, retrying: " + why);
    show();
  }

  /** It is no longer held, or has ended. */
  void released() {
    held = Optional.empty();
    show();
  }

  /** Sets those of its processes that cannot be ended; may be empty. */
  void left(List<String> processes) {
    left =
        processes.isEmpty()
            ? Optional.empty()
            : Optional.of(
                "cannot end the processes "
                    + String.join(", ", processes)
                    + "; the command is not started again until they have ended");
    show();
  }

  /** The command is no longer supervised. */
  void over(Throwable defect) {
    now = Health.down("the command is no longer supervised, restart the agent: " + defect);
  }

  private void show() {
    String text =
        Stream.of(start, end, held, left)
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    now = text.isEmpty() ? Health.up() : Health.degraded(text);
  }
}
