package io.sessionbridge.sink.command.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Counts what is asked of it. Its programs end when they are asked to, or not. Any thread. */
public final class CountingLauncher implements Launcher {

  private final List<String> asked = new ArrayList<>();
  private int started;
  private int killed;
  private int programsClosed;
  private int live;
  private int mostLive;
  private int survivals;
  private int heldFast;
  private @Nullable CountDownLatch hold;
  private boolean endsWhenAsked = true;
  private boolean closed;
  private @Nullable Program last;

  public synchronized int started() {
    return started;
  }

  public synchronized int killed() {
    return killed;
  }

  public synchronized int programsClosed() {
    return programsClosed;
  }

  public synchronized int mostLive() {
    return mostLive;
  }

  public synchronized boolean isClosed() {
    return closed;
  }

  /** What was asked of its programs, in this order. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** From now on its programs end only when they are killed. */
  synchronized void ignoreStops() {
    endsWhenAsked = false;
  }

  /** The next so many kills leave a process. */
  public synchronized void surviveKills(int times) {
    survivals = times;
  }

  /** The next so many releases fail. */
  public synchronized void failReleases(int times) {
    heldFast = times;
  }

  /** The next kill takes until that is counted down. */
  public synchronized CountDownLatch holdNextKill() {
    CountDownLatch made = new CountDownLatch(1);
    hold = made;
    return made;
  }

  /** The program that runs ends by itself. */
  public void endLast(int code) {
    Program running;
    synchronized (this) {
      running = last;
    }
    if (running == null) {
      throw new AssertionError("nothing runs");
    }
    running.end(code);
  }

  @Override
  public synchronized Running start(Launch launch) {
    asked.add("start");
    started++;
    live++;
    mostLive = Math.max(mostLive, live);
    Program program = new Program();
    last = program;
    return program;
  }

  @Override
  public List<UserGroup> groups(EventData event, boolean own) {
    return List.of();
  }

  @Override
  public Optional<String> missing(io.sessionbridge.sink.command.config.Program program) {
    return Optional.empty();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private final class Program implements Running {

    private @Nullable IntConsumer listener;
    private boolean ended;
    private int code;

    private void end(int with) {
      IntConsumer waiting;
      synchronized (CountingLauncher.this) {
        if (ended) {
          return;
        }
        ended = true;
        code = with;
        live--;
        waiting = listener;
      }
      if (waiting != null) {
        waiting.accept(with);
      }
    }

    @Override
    public OptionalInt await(Duration atMost) {
      synchronized (CountingLauncher.this) {
        return ended ? OptionalInt.of(code) : OptionalInt.empty();
      }
    }

    @Override
    public void onEnd(IntConsumer added) {
      synchronized (CountingLauncher.this) {
        listener = added;
        if (!ended) {
          return;
        }
      }
      added.accept(code);
    }

    @Override
    public void stop() {
      boolean ends;
      synchronized (CountingLauncher.this) {
        asked.add("stop");
        ends = endsWhenAsked;
      }
      if (ends) {
        end(143);
      }
    }

    @Override
    public List<String> kill() {
      CountDownLatch held;
      synchronized (CountingLauncher.this) {
        asked.add("kill");
        killed++;
        held = hold;
        hold = null;
      }
      if (held != null) {
        awaitLatch(held);
      }
      synchronized (CountingLauncher.this) {
        if (survivals > 0) {
          survivals--;
          return List.of("4711");
        }
      }
      end(137);
      return List.of();
    }

    private static void awaitLatch(CountDownLatch latch) {
      try {
        assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void suspend() {
      note("suspend");
    }

    @Override
    public void resume() throws IOException {
      note("resume");
      synchronized (CountingLauncher.this) {
        if (heldFast > 0) {
          heldFast--;
          throw new IOException("kill ended with 1");
        }
      }
    }

    @Override
    public void lower() {
      note("lower");
    }

    @Override
    public void raise() {
      note("raise");
    }

    private void note(String what) {
      synchronized (CountingLauncher.this) {
        asked.add(what);
      }
    }

    @Override
    public String output() {
      return "";
    }

    @Override
    public void close() {
      synchronized (CountingLauncher.this) {
        programsClosed++;
      }
    }
  }
}
