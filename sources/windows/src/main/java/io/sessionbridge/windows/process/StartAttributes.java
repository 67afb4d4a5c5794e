package io.sessionbridge.windows.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import io.sessionbridge.windows.process.ProcessLibraries.Kernel32;
import java.util.List;

/**
 * The handles that a program inherits, and the job in which it starts, if Windows supports that (10
 * and 2016 and later).
 */
final class StartAttributes implements AutoCloseable {

  // processthreadsapi.h
  private static final long HANDLE_LIST = 0x20002;
  private static final long JOB_LIST = 0x2000D;

  private final Memory list;
  private final Memory inherited;
  private final Memory jobs;
  private final boolean bringsIntoJob;

  private StartAttributes(Memory list, Memory inherited, Memory jobs, boolean bringsIntoJob) {
    this.list = list;
    this.inherited = inherited;
    this.jobs = jobs;
    this.bringsIntoJob = bringsIntoJob;
  }

  static StartAttributes of(Pointer job, List<Pointer> handles) throws ProcessException {
    LongByReference size = new LongByReference();
    Kernel32.INSTANCE.InitializeProcThreadAttributeList(null, 2, 0, size); // returns the size
    Memory list = new Memory(size.getValue());
    if (!Kernel32.INSTANCE.InitializeProcThreadAttributeList(list, 2, 0, size)) {
      int error = Native.getLastError();
      list.close();
      throw new ProcessException("InitializeProcThreadAttributeList", error);
    }
    Memory inherited = pointers(handles);
    Memory jobs = pointers(List.of(job));
    if (!handles.isEmpty() && !update(list, HANDLE_LIST, inherited, handles.size())) {
      int error = Native.getLastError();
      new StartAttributes(list, inherited, jobs, false).close();
      throw new ProcessException("UpdateProcThreadAttribute", error);
    }
    return new StartAttributes(list, inherited, jobs, update(list, JOB_LIST, jobs, 1));
  }

  private static boolean update(Pointer list, long attribute, Pointer value, int count) {
    return Kernel32.INSTANCE.UpdateProcThreadAttribute(
        list,
        0,
        Pointer.createConstant(attribute),
        value,
        Pointer.createConstant((long) count * Native.POINTER_SIZE),
        null,
        null);
  }

  private static Memory pointers(List<Pointer> values) {
    Memory memory = new Memory(Math.max(1, values.size()) * (long) Native.POINTER_SIZE);
    memory.clear();
    for (int i = 0; i < values.size(); i++) {
      memory.setPointer((long) i * Native.POINTER_SIZE, values.get(i));
    }
    return memory;
  }

  Pointer list() {
    return list;
  }

  /** If false, the process must be assigned to the job before it runs. */
  boolean bringsIntoJob() {
    return bringsIntoJob;
  }

  @Override
  public void close() {
    Kernel32.INSTANCE.DeleteProcThreadAttributeList(list);
    list.close();
    inherited.close();
    jobs.close();
  }
}
