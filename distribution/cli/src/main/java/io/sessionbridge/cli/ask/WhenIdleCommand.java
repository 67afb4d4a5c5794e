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

/** Runs a command while nobody uses the host. */
@Command(
    name = "when-idle",
    description = {
      "Runs a command while this host is idle, and only then, as the running agent knows it; on"
          + " Windows without one, as this session alone shows. The"
          + " command has the rights and the standard streams of this user, and its exit code is"
          + " passed on.",
      "Ctrl+C asks the command to end, a second one kills it. All that it started ends with it."
    },
    mixinStandardHelpOptions = true)
public final class WhenIdleCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofMillis(200);

  /** What the command's shell would say of one that cannot be found. */
  private static final int NOT_FOUND = 127;

  @Mixin private AgentOption agent = new AgentOption();

  @Option(
      names = "--on-return",
      paramLabel = "WHAT",
      defaultValue = "stop",
      description =
          "When somebody returns: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}. After lower"
              + " only an administrator's command gets its priority back.")
  private OnReturn onReturn = OnReturn.STOP;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationText.class,
      description = "After this time a command that was asked to end is killed. Default: 30s.")
  private Duration grace = Duration.ofSeconds(30);

  @Option(
      names = "--restart",
      description = "After a stop runs the command again when the host is idle again.")
  private boolean restart;

  @Option(
      names = "--idle-after",
      paramLabel = "TIME",
      defaultValue = "0s",
      converter = DurationText.class,
      description =
          "Begins only when the host has been idle for this time, as the agent counts it. Default:"
              + " 0s; without an agent 5m.")
  private Duration idleAfter = Duration.ZERO;

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "After --: the command and its arguments. No shell is involved.")
  private List<String> command = new ArrayList<>();

  /** What happened, in its order. */
  private sealed interface Happening {
    record Told(IdleFollower.News news) implements Happening {}

    record Ended(int exitCode) implements Happening {}

    record Interrupted() implements Happening {}

    record Failed(CommandException why) implements Happening {}
  }

  private final LinkedBlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private @Nullable RunningCommand tree;
  private int code = ExitCode.FAILED;
  private boolean over;
  private boolean gaveUp;
  private String toldReason = "";
  private String who = "the agent";

  @Override
  public Integer call() throws CommandException, InterruptedException {
    LogLevel.set("off");
    IdleCourse course = new IdleCourse(onReturn, restart, grace, idleAfter);
    Interrupts.handle(() -> happenings.add(new Happening.Interrupted()));
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
   * Whether no agent runs. One that does not answer, or that this user may not ask, may know better
   * than this session that somebody is there.
   */
  static boolean isWithoutAgent(CommandException failure) {
    return failure.getCause() instanceof ControlException refused && refused.nobodyListens();
  }

  /** The agent; without one this session on Windows, which says itself when it is locked. */
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
      tell(
          "no agent runs, so this session alone counts: idle is "
              + after.toSeconds()
              + " s without input or after its lock; other users of this machine are not seen");
      return session;
    }
  }

  private void listen(IdleFollower follower, StopSignal stop) {
    try {
      while (!stop.isAsked()) {
        follower
            .next(Duration.ofSeconds(5))
            .ifPresent(news -> happenings.add(new Happening.Told(news)));
      }
    } catch (CommandException e) {
      happenings.add(new Happening.Failed(e));
    } catch (RuntimeException e) { // nobody would watch the command any more
      happenings.add(new Happening.Failed(new CommandException("when-idle: a defect: " + e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Who waits for ever is to see why. */
  private void tellUnknown(IdleFollower.News told, IdleCourse course) {
    boolean unknown = told.host() == Host.UNKNOWN || told.host() == Host.WAS_IDLE;
    String why = unknown ? told.reason() : "";
    if (unknown && course.phase() == IdleCourse.Phase.WAITING && !why.equals(toldReason)) {
      tell(
          who
              + " does not know whether the host is idle ("
              + why
              + "); nothing starts until it does");
    }
    toldReason = why;
  }

  private void run(IdleCourse course, StopSignal stop)
      throws InterruptedException, CommandException {
    boolean asked = false;
    tell("waits until the host is idle");
    while (!over) {
      Happening happened = happenings.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      long now = System.nanoTime();
      if (happened instanceof Happening.Failed failed) {
        throw failed.why();
      }
      if (stop.isAsked() && !asked) {
        asked = true;
        act(course.interrupted(now), course);
      }
      if (happened != null) {
        act(take(happened, course, now), course);
      }
      act(course.tick(now), course);
      if (tree != null) {
        tree.look();
      }
    }
  }

  private List<Action> take(Happening happened, IdleCourse course, long now) {
    if (happened instanceof Happening.Told told) {
      tellUnknown(told.news(), course);
      return course.told(told.news().host(), told.news().idleFor(), now);
    }
    if (happened instanceof Happening.Ended ended) {
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
        tell(
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
        tell("the host is idle, starts " + command.get(0));
        RunningCommand started = RunningCommand.start(command);
        tree = started;
        Thread waiting = new Thread(() -> awaitEnd(started), "wait");
        waiting.setDaemon(true);
        waiting.start();
      }
      case STOP -> {
        tell("stops " + command.get(0));
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
        tell(
            "the host is not idle, "
                + (onReturn == OnReturn.SUSPEND ? "suspends " : "lowers ")
                + command.get(0));
        hold(running);
      }
      case RELEASE -> release(running);
      case END -> over = true;
    }
  }

  /** False if that is not possible. */
  private boolean kill(RunningCommand running) {
    List<String> left = running.kill();
    if (left.isEmpty()) {
      return true;
    }
    gaveUp = true;
    tell("cannot end the processes " + String.join(", ", left) + " of the command");
    return false;
  }

  private void awaitEnd(RunningCommand started) {
    try {
      happenings.add(new Happening.Ended(started.awaitEnd()));
    } catch (IOException e) {
      happenings.add(
          new Happening.Failed(new CommandException("the command is lost: " + e.getMessage())));
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
      tell("the host is idle, goes on with " + command.get(0));
      running.resume();
      return;
    }
    try {
      running.raise();
    } catch (IOException e) {
      tell("the command keeps the lowest priority: " + e.getMessage());
    }
  }

  /** Beside what the command prints. */
  private static void tell(String text) {
    System.err.println("when-idle: " + text);
  }
}
