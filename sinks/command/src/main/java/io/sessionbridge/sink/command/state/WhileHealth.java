package io.sessionbridge.sink.command.state;

import io.sessionbridge.health.Health;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the command of a {@link WhileRun} is: what failed last and did not go well since, and what it
 * left. For one thread, but for {@link #now}.
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

  /** That it starts is no proof yet that it does not fail as it did before. */
  void started() {
    start = Optional.empty();
    show();
  }

  /**
   * It ended by itself with a failure.
   *
   * @param lastWords what it printed last; may be empty
   */
  void failed(int code, String lastWords) {
    end =
        Optional.of(
            "run: the command ended with " + code + (lastWords.isEmpty() ? "" : ": " + lastWords));
    show();
  }

  /** It has run for a while, or has ended as it should. */
  void wentWell() {
    start = Optional.empty();
    end = Optional.empty();
    show();
  }

  /** It is to run and cannot be released. */
  void cannotRelease(String why) {
    held = Optional.of("the command cannot go on and is tried again: " + why);
    show();
  }

  /** It is not held any more, or has ended. */
  void released() {
    held = Optional.empty();
    show();
  }

  /** Processes of it live that cannot be ended; none: an empty list. */
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

  /** Nothing is done any more. */
  void over(Throwable defect) {
    now = Health.down("the command is not watched any more, restart the agent: " + defect);
  }

  private void show() {
    String text =
        Stream.of(start, end, held, left)
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    now = text.isEmpty() ? Health.up() : Health.degraded(text);
  }
}
