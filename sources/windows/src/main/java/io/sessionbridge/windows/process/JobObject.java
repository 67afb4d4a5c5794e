package io.sessionbridge.windows.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.sessionbridge.windows.process.ProcessLibraries.Kernel32;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A job: all processes of a tree, which they cannot leave. Closing its last handle ends them all,
 * also when Windows closes it because this process was killed.
 */
final class JobObject implements AutoCloseable {

  // winnt.h: JOBOBJECTINFOCLASS and JOB_OBJECT_LIMIT_*
  private static final int BASIC_PROCESS_ID_LIST = 3;
  private static final int EXTENDED_LIMITS = 9;
  private static final int LIMIT_PRIORITY_CLASS = 0x20;
  private static final int LIMIT_JOB_MEMORY = 0x200;
  private static final int LIMIT_DIE_ON_UNHANDLED_EXCEPTION = 0x400;
  private static final int LIMIT_KILL_ON_JOB_CLOSE = 0x2000;

  /** {@code JOBOBJECT_EXTENDED_LIMIT_INFORMATION} of 64 bits. */
  static final int LIMIT_BYTES = 144;

  private static final int LIMIT_FLAGS_AT = 16;
  private static final int PRIORITY_CLASS_AT = 56;
  private static final int JOB_MEMORY_AT = 120;

  private static final int ERROR_MORE_DATA = 234;
  private static final int FIRST_PIDS = 64;

  /** A larger tree cannot be enumerated, only ended. */
  private static final int MOST_PIDS = 1 << 16;

  private final Pointer handle;

  private JobObject(Pointer handle) {
    this.handle = handle;
  }

  static JobObject create(ProcessPriority priority, OptionalLong memoryBytes)
      throws ProcessException {
    Pointer handle = Kernel32.INSTANCE.CreateJobObjectW(null, null);
    if (handle == null) {
      throw new ProcessException("CreateJobObject", Native.getLastError());
    }
    JobObject job = new JobObject(handle);
    try {
      job.limit(priority, memoryBytes);
      return job;
    } catch (ProcessException e) {
      job.close();
      throw e;
    }
  }

  /** Changes the limits, also for processes that are already in the job. */
  void limit(ProcessPriority priority, OptionalLong memoryBytes) throws ProcessException {
    try (Memory limits = limits(priority, memoryBytes)) {
      if (!Kernel32.INSTANCE.SetInformationJobObject(
          handle, EXTENDED_LIMITS, limits, LIMIT_BYTES)) {
        throw new ProcessException("SetInformationJobObject", Native.getLastError());
      }
    }
  }

  static Memory limits(ProcessPriority priority, OptionalLong memoryBytes) {
    Memory limits = new Memory(LIMIT_BYTES);
    limits.clear();
    int flags = LIMIT_KILL_ON_JOB_CLOSE | LIMIT_DIE_ON_UNHANDLED_EXCEPTION | LIMIT_PRIORITY_CLASS;
    limits.setInt(PRIORITY_CLASS_AT, priority.value());
    if (memoryBytes.isPresent()) {
      flags |= LIMIT_JOB_MEMORY;
      limits.setLong(JOB_MEMORY_AT, memoryBytes.getAsLong());
    }
    limits.setInt(LIMIT_FLAGS_AT, flags);
    return limits;
  }

  Pointer handle() {
    return handle;
  }

  void assign(Pointer process) throws ProcessException {
    if (!Kernel32.INSTANCE.AssignProcessToJobObject(handle, process)) {
      throw new ProcessException("AssignProcessToJobObject", Native.getLastError());
    }
  }

  /** The processes in the job. */
  List<Integer> pids() throws ProcessException {
    for (int room = FIRST_PIDS; room <= MOST_PIDS; room *= 4) {
      int bytes = 8 + room * Native.POINTER_SIZE;
      try (Memory list = new Memory(bytes)) {
        list.clear();
        if (Kernel32.INSTANCE.QueryInformationJobObject(
            handle, BASIC_PROCESS_ID_LIST, list, bytes, null)) {
          return pids(list, room);
        }
        int error = Native.getLastError();
        if (error != ERROR_MORE_DATA) {
          throw new ProcessException("QueryInformationJobObject", error);
        }
      }
    }
    throw new ProcessException("QueryInformationJobObject", ERROR_MORE_DATA);
  }

  /** {@code JOBOBJECT_BASIC_PROCESS_ID_LIST}: assigned count, listed count, and the list. */
  static List<Integer> pids(Pointer list, int room) {
    int count = Math.min(room, list.getInt(4));
    List<Integer> pids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pids.add((int) list.getLong(8 + (long) i * Native.POINTER_SIZE));
    }
    return pids;
  }

  /** Ends all processes at once; does nothing for an empty job. */
  void terminate(int code) throws ProcessException {
    if (!Kernel32.INSTANCE.TerminateJobObject(handle, code)) {
      throw new ProcessException("TerminateJobObject", Native.getLastError());
    }
  }

  @Override
  public void close() {
    Kernel32.INSTANCE.CloseHandle(handle);
  }
}
