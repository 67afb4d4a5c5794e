package io.sessionbridge.sink.command.state;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.sink.command.config.OnReturn;
import io.sessionbridge.sink.command.config.Truth;
import io.sessionbridge.sink.command.config.WhileRule;
import io.sessionbridge.sink.command.process.CommandMetrics;
import io.sessionbridge.sink.command.process.Launch;
import io.sessionbridge.sink.command.process.Launcher;
import io.sessionbridge.sink.command.process.Launcher.UserGoneException;
import io.sessionbridge.sink.command.process.Running;
import io.sessionbridge.sink.command.state.WhileStateMachine.Action;
import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command of a {@link WhileSink}, on its own thread: a sink that waits for the end of a command
 * could not react to a returning user.
 */
final class WhileRun {

  private static final Logger LOG = LoggerFactory.getLogger(WhileRun.class);

  /** The part of the closing time that is left for the kill. */
  private static final Duration KILLING = Duration.ofSeconds(2);

  /** What the thread reacts to, in order. */
  private sealed interface Signal {
    /** The condition may have changed; only its newest value counts. */
    record Changed() implements Signal {}

    record Ended(Running command, int code) implements Signal {}

    record Close(Duration grace) implements Signal {}
  }

  private final WhileRule rule;
  private final Launcher launcher;
  private final CommandMetrics metrics;
  private final Clock clock;
  private final WhileStateMachine machine;
  private final WhileHealth health = new WhileHealth();
  private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final AtomicBoolean changeQueued = new AtomicBoolean();
  private final AtomicBoolean hasLapsed = new AtomicBoolean();
  private volatile Truth newest = Truth.UNKNOWN;
  private final Thread thread;
  private @Nullable Running running;
  private boolean hasEnded;
  private boolean ranWell;

  WhileRun(WhileRule rule, Launcher launcher, CommandMetrics metrics, Clock clock) {
    this.rule = rule;
    this.launcher = launcher;
    this.metrics = metrics;
    this.clock = clock;
    this.machine =
        new WhileStateMachine(rule.onReturn(), rule.restart(), rule.grace(), rule.restartDelay());
    this.thread = new Thread(this::run, "command-while");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * Sets the condition. Replaces an earlier value that was not acted on, but remembers that the
   * condition did not hold in between. Any thread.
   */
  void update(Truth truth) {
    newest = truth;
    if (truth == Truth.NO || truth == Truth.UNKNOWN) {
      hasLapsed.set(true); // after newest: a reader of this flag sees both
    }
    if (changeQueued.compareAndSet(false, true)) {
      signals.add(new Signal.Changed());
    }
  }

  Health check() {
    return health.now();
  }

  private void run() {
    try {
      while (!machine.isFinished()) {
        long now = clock.nanoTime();
        long wait = Math.min(machine.untilTick(now), untilRanWell(now));
        Signal signal =
            wait == Long.MAX_VALUE ? signals.take() : signals.poll(wait, TimeUnit.NANOSECONDS);
        react(signal);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      health.over(e);
      LOG.error(
          "stopped supervising the command {} (a defect in SessionBridge); restart the agent and"
              + " report this",
          rule.program().path(),
          e);
      throw e;
    } finally {
      end();
    }
  }

  private void react(@Nullable Signal signal) throws InterruptedException {
    if (signal instanceof Signal.Changed) {
      changeQueued.set(false); // before newest is read: a later change is queued again
    }
    readCondition();
    long now = clock.nanoTime();
    if (signal instanceof Signal.Close close) {
      act(machine.close(close.grace(), now));
    } else if (signal instanceof Signal.Ended ended) {
      act(ended(ended, now));
    }
    act(machine.tick(now));
    if (untilRanWell(now) == 0) {
      ranWell = true;
      health.wentWell();
    }
  }

  private void readCondition() {
    if (hasLapsed.getAndSet(false)) {
      machine.lapsed();
    }
    machine.setCondition(newest);
  }

  private long untilRanWell(long now) {
    return ranWell ? Long.MAX_VALUE : machine.untilRanWell(now);
  }

  private List<Action> ended(Signal.Ended ended, long now) throws InterruptedException {
    if (ended.command() != running || hasEnded) {
      return List.of();
    }
    hasEnded = true;
    health.released();
    WhileStateMachine.Phase phase = machine.phase();
    note(
        phase == WhileStateMachine.Phase.RUNNING || phase == WhileStateMachine.Phase.HELD,
        ended.code());
    return machine.ended(ended.code(), now);
  }

  private void note(boolean itself, int code) throws InterruptedException {
    metrics.ended();
    if (!itself || code == 0) {
      health.wentWell();
      LOG.info("{} ended with exit code {}", rule.program().path(), code);
      return;
    }
    metrics.failed();
    Running command = running;
    String output = command == null ? "" : command.output();
    String last = UntrustedText.part(output.substring(output.lastIndexOf('\n') + 1));
    health.failed(code, last);
    LOG.warn("{} ended by itself with exit code {}: {}", rule.program().path(), code, last);
  }

  private void act(List<Action> actions) throws InterruptedException {
    for (Action action : actions) {
      try {
        act(action);
      } catch (IOException e) {
        failed(action, e);
      }
    }
  }

  private void failed(Action action, IOException e) throws InterruptedException {
    LOG.warn("{}: {} failed: {}", rule.program().path(), action, e.getMessage());
    if (action == Action.START) {
      metrics.failed();
      health.cannotStart(String.valueOf(e.getMessage()));
      act(machine.cannotStart(clock.nanoTime()));
    } else if (action == Action.HOLD) {
      act(machine.cannotHold(clock.nanoTime()));
    } else if (action == Action.RELEASE) {
      health.cannotRelease(String.valueOf(e.getMessage()));
      machine.cannotRelease(clock.nanoTime());
    }
  }

  private void act(Action action) throws IOException, InterruptedException {
    if (action == Action.START) {
      startCommand();
      return;
    }
    Running command = running;
    if (command == null) {
      throw new IllegalStateException(action + " without a command");
    }
    switch (action) {
      case STOP -> {
        LOG.info("stopping {}", rule.program().path());
        command.stop();
      }
      case KILL -> {
        boolean all = kill(command);
        if (all && hasEnded) {
          release();
        }
        readCondition(); // a kill may take seconds
        act(machine.killed(all, clock.nanoTime()));
      }
      case HOLD -> {
        if (rule.onReturn() == OnReturn.SUSPEND) {
          command.suspend();
        } else {
          command.lower();
        }
      }
      case RELEASE -> {
        if (rule.onReturn() == OnReturn.SUSPEND) {
          command.resume();
        } else {
          command.raise();
        }
        health.released();
      }
      case START -> throw new IllegalStateException("handled before");
    }
  }

  private void startCommand() throws IOException, InterruptedException {
    LOG.info("starting {}", rule.program().path());
    List<String> words =
        rule.program().command().stream()
            .map(argument -> argument.with(name -> Optional.empty()))
            .toList();
    try {
      Running started =
          launcher.start(
              new Launch(rule.program(), words, Map.of(), new byte[0], Optional.empty()));
      running = started;
      hasEnded = false;
      ranWell = false;
      metrics.started();
      health.started();
      started.onEnd(code -> signals.add(new Signal.Ended(started, code)));
    } catch (UserGoneException e) {
      throw new IllegalStateException("a command of the agent has no user", e);
    }
  }

  /** Whether no process of it is left. */
  private boolean kill(Running command) {
    List<String> left;
    try {
      left = command.kill();
      if (!left.isEmpty()) {
        LOG.warn(
            "processes {} of command {} are still running; retrying every {} s until the sink"
                + " closes",
            left,
            rule.program().path(),
            WhileStateMachine.KILL_AGAIN.toSeconds());
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be ended: {}", rule.program().path(), e.getMessage());
      left = List.of("of the command (" + e.getMessage() + ")");
    }
    health.left(left);
    return left.isEmpty();
  }

  private void release() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  /** No process outlives the sink. */
  private void end() {
    Running command = running;
    if (command != null) {
      if (!hasEnded) {
        metrics.ended();
        kill(command);
      }
      release();
    }
    launcher.close();
  }

  /**
   * Requests the end of the command, kills it after its grace period, and waits for that. An
   * interrupt ends the grace period.
   *
   * @param atMost the time for all of that
   */
  void close(Duration atMost) {
    Duration most = atMost.minus(KILLING);
    Duration half = atMost.dividedBy(2);
    signals.add(new Signal.Close(most.compareTo(half) > 0 ? most : half));
    boolean interrupted = false;
    try {
      thread.join(atMost.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (thread.isAlive()) {
      signals.add(new Signal.Close(Duration.ZERO));
      try {
        thread.join(KILLING.toMillis());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
