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
 * A command in a job of Windows: nothing that it starts can leave it, and Windows ends all of it
 * with this program, in whatever way that ends.
 */
final class CommandJob implements RunningCommand {

  /** As of a process that another one ended. */
  private static final int ENDED = 1;

  private static final Duration LONG = Duration.ofMinutes(10);

  private final JobProcess job;
  private volatile boolean over;

  private CommandJob(JobProcess job) {
    this.job = job;
  }

  static CommandJob start(List<String> command) throws IOException {
    return new CommandJob(JobProcess.start(ProcessOrder.sharing(command)));
  }

  /** What is left of the tree ends with the command: so the job can be given back. */
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
    // the job knows who belongs to it
  }

  /** A Ctrl+C would reach this program and its shell too: they have the same console. */
  @Override
  public void stop() throws IOException {
    unlessOver(() -> job.kill(ENDED));
  }

  @Override
  public List<String> kill() {
    try {
      unlessOver(() -> job.kill(ENDED));
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

  /** It may end at any time. */
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
