package io.sessionbridge.cli.ask;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.DurationText;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.cli.StopSignal;
import io.sessionbridge.control.ControlClient;
import io.sessionbridge.control.JsonLine;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the state of the host, or waits for one. */
@Command(
    name = "state",
    description = {
      "Prints the current state of the host from the running agent, or waits for a state.",
      "With --wait exits with 0 when the state is reached, with 4 at the timeout, and with 5 if the"
          + " state is unknown at the timeout or for 90 seconds in a row."
    },
    mixinStandardHelpOptions = true)
public final class StateCommand implements Callable<Integer> {

  /** After a start the agent needs up to a minute to determine the state. */
  private static final Duration UNKNOWN_PATIENCE = Duration.ofSeconds(90);

  /** Even with a timeout of zero, waits this long for a first answer. */
  private static final Duration FIRST_STATE = Duration.ofSeconds(5);

  private static final Duration SHORTEST_LOOK = Duration.ofMillis(20);

  @Mixin private AgentOption agent = new AgentOption();

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Option(
      names = "--wait",
      paramLabel = "WORD",
      description =
          "One of ${COMPLETION-CANDIDATES}: no user is present, a user is present, every user's session"
              + " is locked or disconnected, no user is logged on.")
  private @Nullable HostWord word;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "With --wait: gives up after this time. Default: never.")
  private @Nullable Duration timeout;

  @Override
  public Integer call() throws CommandException, InterruptedException {
    LogLevel.set("off");
    HostWord wanted = word;
    if (wanted == null) {
      if (timeout != null) {
        throw new CommandException("state: --timeout needs --wait");
      }
      return now();
    }
    try (StopSignal stop = StopSignal.install();
        AgentFollower follower = AgentFollower.of(agent, stop)) {
      return await(wanted, follower, stop);
    }
  }

  private int now() throws CommandException {
    try (ControlClient client = agent.connect()) {
      print(client.state());
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new CommandException("the agent does not answer: " + e.getMessage());
    }
  }

  private int await(HostWord wanted, AgentFollower follower, StopSignal stop)
      throws InterruptedException, CommandException {
    long begin = System.nanoTime();
    long unknownSince = begin;
    boolean answered = false;
    Optional<String> unknown = Optional.of("the agent has not answered");
    while (!stop.isAsked()) {
      Duration left = left(begin);
      Optional<AgentFollower.Update> update = follower.next(left);
      if (update.isPresent()) {
        answered = true;
        Optional<JsonLine> state = update.get().state();
        Optional<Boolean> reached = state.flatMap(wanted::isTrue);
        if (state.isPresent() && reached.equals(Optional.of(true))) {
          print(state.get());
          return ExitCode.DONE;
        }
        unknownSince = unknown.isEmpty() ? System.nanoTime() : unknownSince;
        unknown = reached.isPresent() ? Optional.empty() : Optional.of(reason(update.get()));
      }
      long waited = System.nanoTime() - begin;
      answered |= waited >= FIRST_STATE.toNanos();
      boolean over = timeout != null && answered && waited >= timeout.toNanos();
      boolean patient = System.nanoTime() - unknownSince < UNKNOWN_PATIENCE.toNanos();
      if (unknown.isPresent() && (over || !patient)) {
        System.err.println("sessionbridge: " + wanted + " is unknown: " + unknown.get());
        return ExitCode.UNKNOWN;
      }
      if (over) {
        System.err.println("sessionbridge: not " + wanted + " before the timeout");
        return ExitCode.TIMED_OUT;
      }
    }
    return ExitCode.FAILED;
  }

  private Duration left(long begin) {
    Duration look = Duration.ofSeconds(1);
    if (timeout == null) {
      return look;
    }
    Duration left = timeout.minusNanos(System.nanoTime() - begin);
    if (left.compareTo(SHORTEST_LOOK) < 0) {
      return SHORTEST_LOOK;
    }
    return left.compareTo(look) < 0 ? left : look;
  }

  private static String reason(AgentFollower.Update update) {
    return update.state().map(StateText::reason).orElse(update.reason());
  }

  private void print(JsonLine state) {
    if (json) {
      JsonOutput.print(state);
    } else {
      System.out.println(StateText.of(state));
    }
    System.out.flush();
  }
}
