package io.sessionbridge.sink.command.process;

import io.sessionbridge.event.EventData;
import io.sessionbridge.sink.command.config.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/** Its programs are what a test makes of them. Any thread. */
public final class TestingLauncher implements Launcher {

  /** What a program does: its exit code; empty if it goes on until it is killed. */
  public interface Behaviour {
    OptionalInt run(Launch launch) throws IOException, InterruptedException;
  }

  /** The groups of every user. */
  public interface Groups {
    List<UserGroup> ask() throws IOException, InterruptedException;
  }

  public static final Behaviour WORKS = launch -> OptionalInt.of(0);

  private final Behaviour behaviour;
  private final List<Launch> started = new ArrayList<>();
  private List<String> survivors = List.of();
  private boolean killFails;
  private Groups groups = () -> List.of();

  public TestingLauncher(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  /** The programs that were started, in order, by the ids of their events. */
  public synchronized List<String> started() {
    return started.stream().map(launch -> launch.environment().get("SESSIONBRIDGE_ID")).toList();
  }

  public synchronized Launch last() {
    return started.get(started.size() - 1);
  }

  /** What no kill ends from now on. */
  public synchronized void survive(String... pids) {
    survivors = List.of(pids);
  }

  public synchronized void failKills() {
    killFails = true;
  }

  public synchronized void groups(Groups asked) {
    groups = asked;
  }

  @Override
  public Running start(Launch launch) {
    synchronized (this) {
      started.add(launch);
    }
    return new Started(launch);
  }

  @Override
  public List<UserGroup> groups(EventData event, boolean own)
      throws IOException, InterruptedException {
    Groups asked;
    synchronized (this) {
      asked = groups;
    }
    return asked.ask();
  }

  @Override
  public Optional<String> missing(Program program) {
    return Optional.empty();
  }

  @Override
  public void close() {
    // nothing is held
  }

  private final class Started implements Running {

    private final Launch launch;

    private Started(Launch launch) {
      this.launch = launch;
    }

    @Override
    public OptionalInt await(Duration atMost) throws IOException, InterruptedException {
      return behaviour.run(launch);
    }

    @Override
    public List<String> kill() throws IOException {
      synchronized (TestingLauncher.this) {
        if (killFails) {
          throw new IOException("access is denied");
        }
        return survivors;
      }
    }

    @Override
    public String output() {
      return "";
    }

    @Override
    public void onEnd(IntConsumer listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void stop() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void suspend() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void resume() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void lower() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void raise() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
