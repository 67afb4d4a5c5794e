package io.sessionbridge.cli.ask;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.DurationText;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.cli.StopSignal;
import io.sessionbridge.cli.ask.IdleCourse.Action;
import io.sessionbridge.cli.ask.IdleCourse.Host;
import io.sessionbridge.control.ControlException;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.windows.window.SessionWindow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command while the host is idle. */
@Command(
    name = "when-idle",
    description = {
      "Runs a command only while this host is idle, according to the running agent; on Windows"
          + " without an agent, according to this session only. The command runs as this user with"
          + " this program's standard streams, and its exit code is passed on.",
      "Ctrl+C asks the command to end, a second one kills it. Everything that it started ends with"
          + " it."
    },
    mixinStandardHelpOptions = true)
public final class WhenIdleCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofMillis(200);

  /** The exit code that shells use for a command that cannot be found. */
  private static final int NOT_FOUND = 127;

  @Mixin private AgentOption agent = new AgentOption();

  @Option(
      names = "--on-return",
      paramLabel = "WHAT",
      defaultValue = "stop",
      description =
          "When a user returns: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}. After lower"
              + " only an administrator's command gets its priority back.")
  private OnReturn onReturn = OnReturn.STOP;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationText.class,
      description = "Kills a command this long after it was asked to end. Default: 30s.")
  private Duration grace = Duration.ofSeconds(30);

  @Option(
      names = "--restart",
      description = "After a stop, runs the command again at the next idle time.")
  private boolean restart;

  @Option(
      names = "--idle-after",
      paramLabel = "TIME",
      defaultValue = "0s",
      converter = DurationText.class,
      description =
          "Starts only when the host has been idle for this time, as counted by the agent."
              + " Default: 0s; without an agent 5m.")
  private Duration idleAfter = Duration.ZERO;

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "After --: the command and its arguments. No shell is involved.")
  private List<String> command = new ArrayList<>();

  /** An event for the main loop. */
  private sealed interface Event {
    record HostUpdate(IdleFollower.Update update) implements Event {}

    record Ended(int exitCode) implements Event {}

    record Interrupted() implements Event {}

    record Failed(CommandException why) implements Event {}
  }

  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private @Nullable RunningCommand tree;
  private int code = ExitCode.FAILED;
  private boolean over;
  private boolean gaveUp;
  private String reportedReason = "";
  private String who = "the agent";

  @Override
  public Integer call() throws CommandException, InterruptedException {
    LogLevel.set("off");
    IdleCourse course = new IdleCourse(onReturn, restart, grace, idleAfter);
    Interrupts.handle(() -> events.add(new Event.Interrupted()));
    try (StopSignal stop = StopSignal.install();
        IdleFollower follower = follower(stop)) {
      Thread listening = new Thread(() -> listen(follower, stop), "follow");
      listening.setDaemon(true);
      listening.start();
      run(course, stop);
      return code;
    } finally {
      if (tree != null && !gaveUp) {
        kill(tree);
      }
    }
  }

  /**
   * Whether no agent runs. An agent that does not answer, or that denies access, may know of other
   * users who are present.
   */
  static boolean isWithoutAgent(CommandException failure) {
    return failure.getCause() instanceof ControlException refused && refused.nobodyListens();
  }

  /** Follows the agent, or without one this session on Windows. */
  private IdleFollower follower(StopSignal stop) throws CommandException {
    try {
      return new AgentIdle(AgentFollower.of(agent, stop));
    } catch (CommandException e) {
      if (agent.isNamed() || !SessionWindow.isSupported() || !isWithoutAgent(e)) {
        throw e;
      }
      Duration after = idleAfter.isZero() ? TrackerSettings.IDLE_AFTER : idleAfter;
      IdleFollower session = SessionIdle.open(after);
      who = "this session";
      say(
          "no agent runs, so only this session counts: idle is "
              + after.toSeconds()
              + " s without input or after its lock; other users of this machine are ignored");
      return session;
    }
  }

  private void listen(IdleFollower follower, StopSignal stop) {
    try {
      while (!stop.isAsked()) {
        follower
            .next(Duration.ofSeconds(5))
            .ifPresent(update -> events.add(new Event.HostUpdate(update)));
      }
    } catch (CommandException e) {
      events.add(new Event.Failed(e));
    } catch (RuntimeException e) { // the command would be unsupervised
      events.add(new Event.Failed(new CommandException("when-idle: unexpected error: " + e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Explains an indefinite wait. */
  private void explainUnknown(IdleFollower.Update update, IdleCourse course) {
    boolean unknown = update.host() == Host.UNKNOWN || update.host() == Host.WAS_IDLE;
    String why = unknown ? update.reason() : "";
    if (unknown && course.phase() == IdleCourse.Phase.WAITING && !why.equals(reportedReason)) {
      say(
          who
              + " does not know whether the host is idle ("
              + why
              + "); nothing starts until it does");
    }
    reportedReason = why;
  }

  private void run(IdleCourse course, StopSignal stop)
      throws InterruptedException, CommandException {
    boolean asked = false;
    say("waiting until the host is idle");
    while (!over) {
      Event event = events.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      long now = System.nanoTime();
      if (event instanceof Event.Failed failed) {
        throw failed.why();
      }
      if (stop.isAsked() && !asked) {
        asked = true;
        act(course.interrupted(now), course);
      }
      if (event != null) {
        act(take(event, course, now), course);
      }
      act(course.tick(now), course);
      if (tree != null) {
        tree.look();
      }
    }
  }

  private List<Action> take(Event event, IdleCourse course, long now) {
    if (event instanceof Event.HostUpdate host) {
      explainUnknown(host.update(), course);
      return course.changed(host.update().host(), host.update().idleFor(), now);
    }
    if (event instanceof Event.Ended ended) {
      code = ended.exitCode();
      return course.ended();
    }
    return course.interrupted(now);
  }

  private void act(List<Action> actions, IdleCourse course) throws InterruptedException {
    for (Action action : actions) {
      try {
        act(action, course);
      } catch (IOException e) {
        say(
            (action == Action.START ? "cannot start: " : "cannot hold the command: ")
                + e.getMessage());
        if (action == Action.START) {
          code = NOT_FOUND;
          act(course.cannotStart(), course);
        } else if (action == Action.HOLD) {
          act(course.cannotHold(System.nanoTime()), course);
        }
      }
    }
  }

  private void act(Action action, IdleCourse course) throws IOException, InterruptedException {
    RunningCommand running = tree;
    switch (action) {
      case START -> {
        say("the host is idle, starting " + command.get(0));
        RunningCommand started = RunningCommand.start(command);
        tree = started;
        Thread waiting = new Thread(() -> awaitEnd(started), "wait");
        waiting.setDaemon(true);
        waiting.start();
      }
      case STOP -> {
        say("stopping " + command.get(0));
        if (running != null) {
          running.stop();
        }
      }
      case KILL -> {
        if (running != null && !kill(running)) {
          act(course.cannotKill(), course);
        }
      }
      case HOLD -> {
        say(
            "the host is not idle, "
                + (onReturn == OnReturn.SUSPEND ? "suspending " : "lowering the priority of ")
                + command.get(0));
        hold(running);
      }
      case RELEASE -> release(running);
      case END -> over = true;
    }
  }

  /** False if some processes cannot be killed. */
  private boolean kill(RunningCommand running) {
    List<String> left = running.kill();
    if (left.isEmpty()) {
      return true;
    }
    gaveUp = true;
    say("cannot kill the processes " + String.join(", ", left) + " of the command");
    return false;
  }

  private void awaitEnd(RunningCommand started) {
    try {
      events.add(new Event.Ended(started.awaitEnd()));
    } catch (IOException e) {
      events.add(
          new Event.Failed(new CommandException("lost track of the command: " + e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hold(@Nullable RunningCommand running) throws IOException, InterruptedException {
    if (running == null) {
      return;
    }
    if (onReturn == OnReturn.SUSPEND) {
      running.suspend();
    } else {
      running.lower();
    }
  }

  private void release(@Nullable RunningCommand running) throws IOException, InterruptedException {
    if (running == null) {
      return;
    }
    if (onReturn == OnReturn.SUSPEND) {
      say("the host is idle, resuming " + command.get(0));
      running.resume();
      return;
    }
    try {
      running.raise();
    } catch (IOException e) {
      say("the command keeps the lowest priority: " + e.getMessage());
    }
  }

  /** To standard error, apart from the command's output. */
  private static void say(String text) {
    System.err.println("when-idle: " + text);
  }
}
