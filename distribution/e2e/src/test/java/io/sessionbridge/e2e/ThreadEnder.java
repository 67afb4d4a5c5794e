package io.sessionbridge.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Java agent that ends a thread of the program from within, as a defect does. */
final class ThreadEnder {

  private ThreadEnder() {}

  /**
   * Called by Java before the program's main.
   *
   * @param argument the name of the thread, a comma, and the file that says when
   */
  public static void premain(String argument) {
    String[] parts = argument.split(",", 2);
    Thread watcher = new Thread(() -> endOnce(parts[0], Path.of(parts[1])), "thread-ender");
    watcher.setDaemon(true);
    watcher.start();
  }

  private static void endOnce(String name, Path when) {
    while (!Files.exists(when)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(name)) {
        thread.interrupt();
      }
    }
  }
}
