package io.sessionbridge.sink.command;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.sink.command.Launcher.UserGoneException;
import io.sessionbridge.sink.command.WhileCourse.Action;
import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command of a {@link WhileSink}, on a thread of its own: a sink that waits for the end of a
 * command could not hear that somebody returned.
 */
final class WhileRun implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WhileRun.class);

  private static final long JOIN_MILLIS = 10_000;

  /** What happened, in its order. */
  private sealed interface Happening {
    record Told(Truth truth) implements Happening {}

    record Ended(Running command, int code) implements Happening {}

    record Close() implements Happening {}
  }

  private final WhileRule rule;
  private final Launcher launcher;
  private final CommandMetrics metrics;
  private final Clock clock;
  private final WhileCourse course;
  private final LinkedBlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private final Thread thread;
  private @Nullable Running running;
  private volatile Health health = Health.up();

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

  /** The condition is so now. Any thread; never blocks. */
  void told(Truth truth) {
    happenings.add(new Happening.Told(truth));
  }

  Health check() {
    return health;
  }

  private void run() {
    try {
      while (true) {
        long wait = course.untilTick(clock.nanoTime());
        Happening happened =
            wait == Long.MAX_VALUE
                ? happenings.take()
                : happenings.poll(wait, TimeUnit.NANOSECONDS);
        if (happened instanceof Happening.Close) {
          return;
        }
        act(happened == null ? course.tick(clock.nanoTime()) : take(happened));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      health = Health.down("the command is not watched any more, restart the agent: " + e);
      LOG.error("the command {} is not watched any more", rule.program().path(), e);
      throw e;
    } finally {
      end();
    }
  }

  private List<Action> take(Happening happened) throws InterruptedException {
    long now = clock.nanoTime();
    if (happened instanceof Happening.Told told) {
      return course.told(told.truth(), now);
    }
    if (happened instanceof Happening.Ended ended && ended.command() == running) {
      boolean itself = course.phase() == WhileCourse.Phase.RUNNING;
      note(itself, ended.code());
      return course.ended(ended.code(), now);
    }
    return List.of();
  }

  private void note(boolean itself, int code) throws InterruptedException {
    metrics.ended();
    if (!itself || code == 0) {
      health = Health.up();
      LOG.info("{} has ended with {}", rule.program().path(), code);
      return;
    }
    metrics.failed();
    Running command = running;
    String output = command == null ? "" : command.output();
    String last = UntrustedText.part(output.substring(output.lastIndexOf('\n') + 1));
    health =
        Health.degraded(
            "run: the command ended with " + code + (last.isEmpty() ? "" : ": " + last));
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
      health = Health.degraded("run: the command cannot be started: " + e.getMessage());
      act(course.cannotStart(clock.nanoTime()));
    } else if (action == Action.HOLD) {
      act(course.cannotHold(clock.nanoTime()));
    }
  }

  private void act(Action action) throws IOException, InterruptedException {
    Running command = running;
    if (action == Action.START) {
      startCommand();
      return;
    }
    if (command == null) {
      return;
    }
    switch (action) {
      case STOP -> {
        LOG.info("stops {}", rule.program().path());
        command.stop();
      }
      case KILL -> kill(command);
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
      }
      case START -> throw new IllegalStateException("handled before");
    }
  }

  private void startCommand() throws IOException, InterruptedException {
    release();
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
      metrics.started();
      started.onEnd(code -> happenings.add(new Happening.Ended(started, code)));
    } catch (UserGoneException e) {
      throw new IllegalStateException("a command of the agent has no user", e);
    }
  }

  private void kill(Running command) throws IOException {
    List<String> left = command.kill();
    if (!left.isEmpty()) {
      health = Health.degraded("cannot end the processes " + String.join(", ", left));
      LOG.warn("cannot end the processes {} of {}", left, rule.program().path());
    }
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
      try {
        kill(command);
      } catch (IOException e) {
        LOG.warn("{} cannot be ended: {}", rule.program().path(), e.getMessage());
      }
      release();
    }
    launcher.close();
  }

  @Override
  public void close() {
    happenings.add(new Happening.Close());
    try {
      thread.join(JOIN_MILLIS);
      if (thread.isAlive()) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
