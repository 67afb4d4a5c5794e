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
 * A running program with all its descendants, in a job of its own. The tree ends with this object:
 * at {@link #close}, and when this process ends for any reason.
 *
 * <p>Any thread. Windows only.
 */
public final class JobProcess implements AutoCloseable {

  // winnt.h, synchapi.h
  private static final int PROCESS_SUSPEND_RESUME = 0x800;
  private static final int PROCESS_SET_INFORMATION = 0x200;
  private static final int WAIT_OBJECT_0 = 0;

  /** The maximum time that a close waits for a thread in {@link #await}. */
  private static final long SLICE_MILLIS = 250;

  /** The interval between checks of an ending tree. */
  private static final long LOOK_MILLIS = 10;

  /** Limits the pursuit of a tree that starts processes faster than they can be stopped. */
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
   * @throws ProcessException if it cannot be started; then nothing of it is left
   */
  public static JobProcess start(ProcessOrder order) throws ProcessException {
    return ProcessStart.start(order);
  }

  /** The process id of the program itself. */
  public long pid() {
    return Integer.toUnsignedLong(pid);
  }

  /** Its input; empty if it shares the streams of this process. To be closed by its writer. */
  public Optional<OutputStream> input() {
    return input;
  }

  /**
   * The output and errors of the tree; ends when all its processes have ended. Empty if it shares
   * the streams of this process. To be read to its end and closed by its reader.
   */
  public Optional<InputStream> output() {
    return output;
  }

  /**
   * Waits for the program itself to end; its descendants may be left.
   *
   * @return its exit code; empty on timeout
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

  /** The live processes of the tree, including the host of a hidden console. */
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
   * Requests the tree to end, as a user would: Ctrl+C for its console, and closing its windows. A
   * helper program does this in the tree's session, which takes the start of a JVM. Returns at
   * once; the processes may ignore the request.
   *
   * @throws ProcessException if the helper cannot be started
   */
  public void stop() throws ProcessException {
    StopProgram.start(order, pids());
  }

  /** Suspends all threads of the tree, also of processes that are started meanwhile. */
  public void suspend() throws ProcessException {
    each(PROCESS_SUSPEND_RESUME, handle -> Ntdll.INSTANCE.NtSuspendProcess(handle) == 0, "Suspend");
  }

  /** Resumes the tree. Must be called as often as {@link #suspend}. */
  public void resume() throws ProcessException {
    each(PROCESS_SUSPEND_RESUME, handle -> Ntdll.INSTANCE.NtResumeProcess(handle) == 0, "Resume");
  }

  /** Changes the priority of the whole tree. */
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

  /** Repeats until there are no new processes. */
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

  /** A process that has already ended counts as failed, which does not matter for the others. */
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

  /** Ends the whole tree at once, suspended or not, with the given exit code. */
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
   * Ends the whole tree and waits for it, because Windows ends it asynchronously.
   *
   * @return the processes that are still alive after that time
   */
  public List<Long> end(int code, Duration atMost) throws ProcessException, InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    CountDownLatch never =
        new CountDownLatch(1); // an empty job is reported only to a completion port
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

  /** Ends the rest of the tree. Its streams are closed by their users. */
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
