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
import io.sessionbridge.sink.command.state.WhileCourse.Action;
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
 * The command of a {@link WhileSink}, on a thread of its own: a sink that waits for the end of a
 * command could not hear that somebody returned.
 */
final class WhileRun {

  private static final Logger LOG = LoggerFactory.getLogger(WhileRun.class);

  /** Of the time for closing, for the kill and its end. */
  private static final Duration KILLING = Duration.ofSeconds(2);

  /** What happened, in its order. */
  private sealed interface Happening {
    /** There is news of the condition; only the newest counts. */
    record Told() implements Happening {}

    record Ended(Running command, int code) implements Happening {}

    record Close(Duration grace) implements Happening {}
  }

  private final WhileRule rule;
  private final Launcher launcher;
  private final CommandMetrics metrics;
  private final Clock clock;
  private final WhileCourse course;
  private final WhileHealth health = new WhileHealth();
  private final LinkedBlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private final AtomicBoolean toldWaits = new AtomicBoolean();
  private final AtomicBoolean toldLapse = new AtomicBoolean();
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
    this.course =
        new WhileCourse(rule.onReturn(), rule.restart(), rule.grace(), rule.restartDelay());
    this.thread = new Thread(this::run, "command-while");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * The condition is so now; what was told before and not acted on is forgotten, but for that it
   * did not hold. Any thread.
   */
  void told(Truth truth) {
    newest = truth;
    if (truth == Truth.NO || truth == Truth.UNKNOWN) {
      toldLapse.set(true); // after the newest: who reads it knows that, too
    }
    if (toldWaits.compareAndSet(false, true)) {
      happenings.add(new Happening.Told());
    }
  }

  Health check() {
    return health.now();
  }

  private void run() {
    try {
      while (!course.isFinished()) {
        long now = clock.nanoTime();
        long wait = Math.min(course.untilTick(now), untilRanWell(now));
        Happening happened =
            wait == Long.MAX_VALUE
                ? happenings.take()
                : happenings.poll(wait, TimeUnit.NANOSECONDS);
        turn(happened);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      health.over(e);
      LOG.error("the command {} is not watched any more", rule.program().path(), e);
      throw e;
    } finally {
      end();
    }
  }

  private void turn(@Nullable Happening happened) throws InterruptedException {
    if (happened instanceof Happening.Told) {
      toldWaits.set(false); // before it is read: what is told from now on has a turn of its own
    }
    learn();
    long now = clock.nanoTime();
    if (happened instanceof Happening.Close close) {
      act(course.close(close.grace(), now));
    } else if (happened instanceof Happening.Ended ended) {
      act(ended(ended, now));
    }
    act(course.tick(now));
    if (untilRanWell(now) == 0) {
      ranWell = true;
      health.wentWell();
    }
  }

  private void learn() {
    if (toldLapse.getAndSet(false)) {
      course.lapsed();
    }
    course.knows(newest);
  }

  private long untilRanWell(long now) {
    return ranWell ? Long.MAX_VALUE : course.untilRanWell(now);
  }

  private List<Action> ended(Happening.Ended ended, long now) throws InterruptedException {
    if (ended.command() != running || hasEnded) {
      return List.of();
    }
    hasEnded = true;
    health.released();
    WhileCourse.Phase phase = course.phase();
    note(phase == WhileCourse.Phase.RUNNING || phase == WhileCourse.Phase.HELD, ended.code());
    return course.ended(ended.code(), now);
  }

  private void note(boolean itself, int code) throws InterruptedException {
    metrics.ended();
    if (!itself || code == 0) {
      health.wentWell();
      LOG.info("{} has ended with {}", rule.program().path(), code);
      return;
    }
    metrics.failed();
    Running command = running;
    String output = command == null ? "" : command.output();
    String last = UntrustedText.part(output.substring(output.lastIndexOf('\n') + 1));
    health.failed(code, last);
    LOG.warn("{} has ended by itself with {}: {}", rule.program().path(), code, last);
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
      act(course.cannotStart(clock.nanoTime()));
    } else if (action == Action.HOLD) {
      act(course.cannotHold(clock.nanoTime()));
    } else if (action == Action.RELEASE) {
      health.cannotRelease(String.valueOf(e.getMessage()));
      course.cannotRelease(clock.nanoTime());
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
        LOG.info("stops {}", rule.program().path());
        command.stop();
      }
      case KILL -> {
        boolean all = kill(command);
        if (all && hasEnded) {
          release();
        }
        learn(); // a kill may take seconds
        act(course.killed(all, clock.nanoTime()));
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
    LOG.info("starts {}", rule.program().path());
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
      started.onEnd(code -> happenings.add(new Happening.Ended(started, code)));
    } catch (UserGoneException e) {
      throw new IllegalStateException("a command of the agent has no user", e);
    }
  }

  /** Whether nothing of it is left. */
  private boolean kill(Running command) {
    List<String> left;
    try {
      left = command.kill();
    } catch (IOException e) {
      LOG.warn("{} cannot be ended: {}", rule.program().path(), e.getMessage());
      left = List.of("of the command (" + e.getMessage() + ")");
    }
    if (!left.isEmpty()) {
      LOG.warn("cannot end the processes {} of {}", left, rule.program().path());
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

  /** Nothing outlives the sink. */
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
   * Asks what runs to end, kills it after its grace, and waits for that. An interrupt ends the
   * grace.
   *
   * @param atMost for all of that
   */
  void close(Duration atMost) {
    Duration most = atMost.minus(KILLING);
    Duration half = atMost.dividedBy(2);
    happenings.add(new Happening.Close(most.compareTo(half) > 0 ? most : half));
    boolean interrupted = false;
    try {
      thread.join(atMost.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (thread.isAlive()) {
      happenings.add(new Happening.Close(Duration.ZERO));
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
