package io.sessionbridge.journal;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Threads of a test that may wait forever. */
public final class TestingThreads {

  private TestingThreads() {}

  /** The work of a thread. */
  public interface Task {
    void run() throws IOException, InterruptedException;
  }

  /** Runs it on a daemon thread. */
  public static CompletableFuture<Void> run(Task task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
                done.complete(null);
              } catch (IOException | InterruptedException | RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return done;
  }
}
