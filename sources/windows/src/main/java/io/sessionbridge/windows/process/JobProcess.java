package io.sessionbridge.windows.process;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.sessionbridge.windows.process.ProcessLibraries.Kernel32;
import io.sessionbridge.windows.process.ProcessLibraries.Ntdll;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A running program with all that it starts, in a job of its own. The tree ends with this object:
 * at {@link #close}, and when this process ends in whatever way.
 *
 * <p>Any thread. Windows only.
 */
public final class JobProcess implements AutoCloseable {

  // winnt.h, synchapi.h
  private static final int PROCESS_SUSPEND_RESUME = 0x800;
  private static final int PROCESS_SET_INFORMATION = 0x200;
  private static final int WAIT_OBJECT_0 = 0;

  /** So long a close may have to wait for somebody who waits for the end. */
  private static final long SLICE_MILLIS = 250;

  /** Between two looks at a tree that ends. */
  private static final long LOOK_MILLIS = 10;

  /** Somebody who starts others faster than they can be stopped is not followed for ever. */
  private static final int MOST_ROUNDS = 100;

  private static final int ERROR_INVALID_HANDLE = 6;

  private final ProcessOrder order;
  private final JobObject job;
  private final Pointer process;
  private final int pid;
  private final Optional<OutputStream> input;
  private final Optional<InputStream> output;
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private boolean closed;

  /** Takes over the handles. */
  JobProcess(ProcessOrder order, JobObject job, Pointer process, int pid, StandardStreams streams) {
    this.order = order;
    this.job = job;
    this.process = process;
    this.pid = pid;
    this.input = streams.input();
    this.output = streams.output();
  }

  /**
   * Starts a program.
   *
   * @throws ProcessException if it cannot be started; nothing of it is left then
   */
  public static JobProcess start(ProcessOrder order) throws ProcessException {
    return ProcessStart.start(order);
  }

  /** The number of the program itself. */
  public long pid() {
    return Integer.toUnsignedLong(pid);
  }

  /** What it reads; empty if it has the streams of this process. To be closed by its writer. */
  public Optional<OutputStream> input() {
    return input;
  }

  /**
   * What it and all that it starts write, errors too; ends when all of them have. Empty if it has
   * the streams of this process. To be read to its end and closed by its reader.
   */
  public Optional<InputStream> output() {
    return output;
  }

  /**
   * Waits for the end of the program itself; others of its tree may be left.
   *
   * @return its exit code; empty if the time was over first
   */
  public OptionalInt await(Duration atMost) throws ProcessException, InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      long left = Math.max(0, (end - System.nanoTime() + 999_999) / 1_000_000);
      OptionalInt code = look((int) Math.min(SLICE_MILLIS, left));
      if (code.isPresent() || left == 0) {
        return code;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private OptionalInt look(int millis) throws ProcessException {
    open.readLock().lock();
    try {
      requireOpen();
      if (Kernel32.INSTANCE.WaitForSingleObject(process, millis) != WAIT_OBJECT_0) {
        return OptionalInt.empty();
      }
      IntByReference code = new IntByReference();
      if (!Kernel32.INSTANCE.GetExitCodeProcess(process, code)) {
        throw new ProcessException("GetExitCodeProcess", Native.getLastError());
      }
      return OptionalInt.of(code.getValue());
    } finally {
      open.readLock().unlock();
    }
  }

  /** The processes of the tree that live. Windows counts the host of a hidden console, too. */
  public List<Long> pids() throws ProcessException {
    open.readLock().lock();
    try {
      requireOpen();
      return job.pids().stream().map(Integer::toUnsignedLong).toList();
    } finally {
      open.readLock().unlock();
    }
  }

  /**
   * Asks the tree to end, as a person would: Ctrl+C for its console, the closing of its windows.
   * Another program does that in the session of the tree, so it takes the start of a Java. Returns
   * at once; whether anybody obeys shows in the end.
   *
   * @throws ProcessException if that program cannot be started
   */
  public void stop() throws ProcessException {
    StopProgram.start(order, pids());
  }

  /** Stops all threads of the tree, also of what is started meanwhile. */
  public void suspend() throws ProcessException {
    each(PROCESS_SUSPEND_RESUME, handle -> Ntdll.INSTANCE.NtSuspendProcess(handle) == 0, "Suspend");
  }

  /** Lets them go on. As often as it was suspended. */
  public void resume() throws ProcessException {
    each(PROCESS_SUSPEND_RESUME, handle -> Ntdll.INSTANCE.NtResumeProcess(handle) == 0, "Resume");
  }

  /** Gives the whole tree another priority. */
  public void prioritise(ProcessPriority priority) throws ProcessException {
    open.readLock().lock();
    try {
      requireOpen();
      job.limit(priority, order.memoryBytes());
    } finally {
      open.readLock().unlock();
    }
    each(
        PROCESS_SET_INFORMATION,
        handle -> Kernel32.INSTANCE.SetPriorityClass(handle, priority.value()),
        "SetPriorityClass");
  }

  private interface Step {
    boolean done(Pointer process);
  }

  /** Until no process is left that was not there before. */
  private void each(int access, Step step, String call) throws ProcessException {
    Set<Integer> seen = new HashSet<>();
    int failed = 0;
    open.readLock().lock();
    try {
      requireOpen();
      boolean more = true;
      for (int round = 0; more && round < MOST_ROUNDS; round++) {
        more = false;
        for (int next : job.pids()) {
          if (seen.add(next)) {
            more = true;
            failed += one(next, access, step) ? 0 : 1;
          }
        }
      }
    } finally {
      open.readLock().unlock();
    }
    if (!seen.isEmpty() && failed == seen.size()) {
      throw new ProcessException(call, ERROR_INVALID_HANDLE);
    }
  }

  /** Who has ended meanwhile is no failure that matters. */
  private static boolean one(int pid, int access, Step step) {
    Pointer handle = Kernel32.INSTANCE.OpenProcess(access, false, pid);
    if (handle == null) {
      return false;
    }
    try {
      return step.done(handle);
    } finally {
      Kernel32.INSTANCE.CloseHandle(handle);
    }
  }

  /** Ends the whole tree at once, suspended or not; the program's exit code is this one. */
  public void kill(int code) throws ProcessException {
    open.readLock().lock();
    try {
      requireOpen();
      job.terminate(code);
    } finally {
      open.readLock().unlock();
    }
  }

  /**
   * Ends the whole tree and waits for that: Windows ends it in its own time.
   *
   * @return the processes that still live when the time is over
   */
  public List<Long> end(int code, Duration atMost) throws ProcessException, InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    CountDownLatch never = new CountDownLatch(1); // an empty job tells only a completion port
    kill(code);
    while (true) {
      List<Long> left = pids();
      if (left.isEmpty() || System.nanoTime() - end >= 0) {
        return left;
      }
      never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void requireOpen() throws ProcessException {
    if (closed) {
      throw new ProcessException("JobProcess", ERROR_INVALID_HANDLE);
    }
  }

  /** Ends what is left of the tree. The streams stay with those who read and write them. */
  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        job.close();
        Kernel32.INSTANCE.CloseHandle(process);
      }
    } finally {
      open.writeLock().unlock();
    }
  }
}
