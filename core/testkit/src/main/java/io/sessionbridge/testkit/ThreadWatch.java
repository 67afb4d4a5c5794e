package io.sessionbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the threads that a plug-in created. */
final class ThreadWatch {

  private static final long TIMEOUT_SECONDS = 10;

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();

  /** The names of the threads created since, except those of Java and JUnit. */
  List<String> made() {
    return threads().map(Thread::getName).sorted().toList();
  }

  private Stream<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread.isAlive() && !isOfRuntime(thread));
  }

  private static String where(Thread thread) {
    return Stream.concat(
            Stream.of(thread + " " + thread.getState()), Stream.of(thread.getStackTrace()))
        .map(Object::toString)
        .collect(Collectors.joining(System.lineSeparator() + "  at "));
  }

  private static boolean isOfRuntime(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group == null
        || thread.getName().startsWith("junit-")
        || group.getName().equals("system")
        || group.getName().equals("InnocuousThreadGroup");
  }

  void assertOnlyNamed(String prefix) {
    assertThat(made()).as("names of threads").allMatch(name -> name.startsWith(prefix));
  }

  /** A thread that has ended may still be visible for a moment. */
  void assertNoneLeft() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    List<Thread> left = threads().toList();
    while (!left.isEmpty() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      left = threads().toList();
    }
    assertThat(left.stream().map(ThreadWatch::where)).as("remaining threads").isEmpty();
  }
}
