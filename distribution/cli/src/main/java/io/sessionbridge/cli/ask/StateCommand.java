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

/** What the host does now. */
@Command(
    name = "state",
    description = {
      "Tells what the host does now, or waits until it does something, as the running agent knows"
          + " it.",
      "With --wait exits with 0 once it is so, with 4 after the time, and with 5 if it is not known"
          + " then or for 90 seconds in a row."
    },
    mixinStandardHelpOptions = true)
public final class StateCommand implements Callable<Integer> {

  /** After a start the agent needs up to a minute to know. */
  private static final Duration UNKNOWN_PATIENCE = Duration.ofSeconds(90);

  /** A time-out of zero asks what is true now: that needs one answer. */
  private static final Duration FIRST_STATE = Duration.ofSeconds(5);

  private static final Duration SHORTEST_LOOK = Duration.ofMillis(20);

  @Mixin private AgentOption agent = new AgentOption();

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Option(
      names = "--wait",
      paramLabel = "WORD",
      description =
          "One of ${COMPLETION-CANDIDATES}: nobody is there, somebody is, every user's session is"
              + " locked or away, no user is logged on.")
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
    boolean heard = false;
    Optional<String> unknown = Optional.of("the agent has not answered");
    while (!stop.isAsked()) {
      Duration left = left(begin);
      Optional<AgentFollower.News> news = follower.next(left);
      if (news.isPresent()) {
        heard = true;
        Optional<JsonLine> state = news.get().state();
        Optional<Boolean> reached = state.flatMap(wanted::isTrue);
        if (state.isPresent() && reached.equals(Optional.of(true))) {
          print(state.get());
          return ExitCode.DONE;
        }
        unknownSince = unknown.isEmpty() ? System.nanoTime() : unknownSince;
        unknown = reached.isPresent() ? Optional.empty() : Optional.of(reason(news.get()));
      }
      long waited = System.nanoTime() - begin;
      heard |= waited >= FIRST_STATE.toNanos();
      boolean over = timeout != null && heard && waited >= timeout.toNanos();
      boolean patient = System.nanoTime() - unknownSince < UNKNOWN_PATIENCE.toNanos();
      if (unknown.isPresent() && (over || !patient)) {
        System.err.println("sessionbridge: " + wanted + " is not known: " + unknown.get());
        return ExitCode.UNKNOWN;
      }
      if (over) {
        System.err.println("sessionbridge: not " + wanted + " within the time");
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

  private static String reason(AgentFollower.News news) {
    return news.state().map(StateText::reason).orElse(news.reason());
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
