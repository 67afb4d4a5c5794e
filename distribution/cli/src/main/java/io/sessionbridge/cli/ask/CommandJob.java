package io.sessionbridge.cli.ask;

import io.sessionbridge.windows.process.JobProcess;
import io.sessionbridge.windows.process.ProcessException;
import io.sessionbridge.windows.process.ProcessOrder;
import io.sessionbridge.windows.process.ProcessPriority;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * A command in a Windows job. Its descendants cannot leave the job, and Windows kills all of them
 * when this program ends, however it ends.
 */
final class CommandJob implements RunningCommand {

  /** The exit code of a killed process. */
  private static final int KILLED = 1;

  private static final Duration LONG = Duration.ofMinutes(10);

  private final JobProcess job;
  private volatile boolean over;

  private CommandJob(JobProcess job) {
    this.job = job;
  }

  static CommandJob start(List<String> command) throws IOException {
    return new CommandJob(JobProcess.start(ProcessOrder.sharing(command)));
  }

  /** Closing the job ends the rest of the tree. */
  @Override
  public int awaitEnd() throws IOException, InterruptedException {
    OptionalInt code = OptionalInt.empty();
    while (code.isEmpty()) {
      code = job.await(LONG);
    }
    over = true;
    job.close();
    return code.getAsInt();
  }

  @Override
  public void look() {
    // the job knows its processes
  }

  /** Kills, since a Ctrl+C would also reach this program and its shell on the same console. */
  @Override
  public void stop() throws IOException {
    unlessOver(() -> job.kill(KILLED));
  }

  @Override
  public List<String> kill() {
    try {
      unlessOver(() -> job.kill(KILLED));
      return List.of();
    } catch (ProcessException e) {
      return List.of(job.pid() + " (" + e.getMessage() + ")");
    }
  }

  @Override
  public void suspend() throws IOException {
    unlessOver(job::suspend);
  }

  @Override
  public void resume() throws IOException {
    unlessOver(job::resume);
  }

  @Override
  public void lower() throws IOException {
    unlessOver(() -> job.prioritise(ProcessPriority.IDLE));
  }

  @Override
  public void raise() throws IOException {
    unlessOver(() -> job.prioritise(ProcessPriority.NORMAL));
  }

  private interface Step {
    void run() throws ProcessException;
  }

  /** Ignores failures of a command that has ended meanwhile. */
  private void unlessOver(Step step) throws ProcessException {
    try {
      if (!over) {
        step.run();
      }
    } catch (ProcessException e) {
      if (!over) {
        throw e;
      }
    }
  }
}
