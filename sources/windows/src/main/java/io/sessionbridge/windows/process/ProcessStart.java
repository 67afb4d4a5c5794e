package io.sessionbridge.windows.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import io.sessionbridge.windows.process.ProcessLibraries.Advapi32;
import io.sessionbridge.windows.process.ProcessLibraries.Kernel32;
import io.sessionbridge.windows.service.CommandLineText;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts a program suspended, and resumes it once it is in its job, so that nothing of it can be
 * left over. Calls and frees, no other logic.
 */
final class ProcessStart {

  // winbase.h
  private static final int CREATE_SUSPENDED = 0x4;
  private static final int CREATE_UNICODE_ENVIRONMENT = 0x400;
  private static final int EXTENDED_STARTUPINFO_PRESENT = 0x80000;
  private static final int CREATE_NO_WINDOW = 0x08000000;

  /** {@code STARTUPINFOEXW} of 64 bits. */
  private static final int STARTUP_BYTES = 112;

  private static final int DESKTOP_AT = 16;
  private static final int FLAGS_AT = 60;
  private static final int STD_AT = 80;
  private static final int STARTF_USESTDHANDLES = 0x100;

  /** {@code PROCESS_INFORMATION} of 64 bits. */
  private static final int INFORMATION_BYTES = 24;

  private static final int THREAD_AT = 8;
  private static final int PID_AT = 16;

  /** The exit code of a program that was never resumed. */
  private static final int NEVER_RAN = 1;

  private final ProcessOrder order;
  private final JobObject job;
  private final Handles handles = new Handles();

  private ProcessStart(ProcessOrder order, JobObject job) {
    this.order = order;
    this.job = job;
  }

  static JobProcess start(ProcessOrder order) throws ProcessException {
    JobObject job = JobObject.create(order.priority(), order.memoryBytes());
    ProcessStart start = new ProcessStart(order, job);
    boolean started = false;
    try {
      JobProcess process = start.run();
      started = true;
      return process;
    } finally {
      start.handles.close();
      if (!started) {
        job.close(); // ends a suspended program in it
      }
    }
  }

  private JobProcess run() throws ProcessException {
    if (order.session().isEmpty()) {
      Map<String, String> variables =
          order.environment().isEmpty()
              ? Map.of()
              : EnvironmentBlock.with(System.getenv(), order.environment());
      return run(null, variables, order.folder());
    }
    long session = order.session().getAsLong();
    try (UserToken limited = UserToken.ofSession(session);
        UserToken token = order.elevated() ? limited.full() : UserToken.ofSession(session)) {
      for (UserToken each : new UserToken[] {limited, token}) {
        each.require(order.owner());
      }
      if (order.elevated() && !token.isElevated()) {
        throw ProcessException.notAdministrator();
      }
      Map<String, String> environment =
          order.elevated() ? UserToken.environmentOfMachine() : token.environment();
      String folder =
          order.elevated() ? "SystemRoot" : "USERPROFILE"; // also where libraries are loaded from
      Optional<Path> home = Optional.ofNullable(environment.get(folder)).map(Path::of);
      return run(
          token.handle(),
          EnvironmentBlock.with(environment, order.environment()),
          order.folder().or(() -> home));
    }
  }

  private JobProcess run(
      @Nullable Pointer token, Map<String, String> environment, Optional<Path> folder)
      throws ProcessException {
    StandardStreams streams =
        order.ownConsole() ? StandardStreams.pipes(handles) : StandardStreams.shared(handles);
    try (StartAttributes attributes = StartAttributes.of(job.handle(), streams.childEnds());
        Memory startup = startup(streams, attributes);
        Memory desktop = wide("winsta0\\default");
        Memory information = new Memory(INFORMATION_BYTES);
        Memory line = wide(CommandLineText.of(order.command()));
        Memory block = block(environment)) {
      if (token != null) {
        startup.setPointer(DESKTOP_AT, desktop);
      }
      information.clear();
      create(token, line, environment.isEmpty() ? null : block, folder, startup, information);
      Pointer process = handles.add(information.getPointer(0));
      Pointer thread = handles.add(information.getPointer(THREAD_AT));
      if (!attributes.bringsIntoJob()) {
        bringInto(job, process);
      }
      // The start flags and the job limit should suffice, but neither works under Wine.
      Kernel32.INSTANCE.SetPriorityClass(process, order.priority().value());
      if (Kernel32.INSTANCE.ResumeThread(thread) == -1) {
        throw new ProcessException("ResumeThread", Native.getLastError());
      }
      streams.release(handles);
      return new JobProcess(
          order, job, handles.release(process), information.getInt(PID_AT), streams);
    }
  }

  /** A program outside the job would stay suspended forever. */
  static void bringInto(JobObject job, Pointer process) throws ProcessException {
    boolean brought = false;
    try {
      job.assign(process);
      brought = true;
    } finally {
      if (!brought) {
        Kernel32.INSTANCE.TerminateProcess(process, NEVER_RAN);
      }
    }
  }

  private void create(
      @Nullable Pointer token,
      Memory line,
      @Nullable Pointer environment,
      Optional<Path> folder,
      Pointer startup,
      Pointer information)
      throws ProcessException {
    WString application = application();
    WString directory = folder.map(path -> new WString(path.toString())).orElse(null);
    int flags =
        CREATE_SUSPENDED
            | CREATE_UNICODE_ENVIRONMENT
            | EXTENDED_STARTUPINFO_PRESENT
            | (order.ownConsole() ? CREATE_NO_WINDOW : 0)
            | order.priority().value();
    boolean created =
        token == null
            ? Kernel32.INSTANCE.CreateProcessW(
                application,
                line,
                null,
                null,
                true,
                flags,
                environment,
                directory,
                startup,
                information)
            : Advapi32.INSTANCE.CreateProcessAsUserW(
                token,
                application,
                line,
                null,
                null,
                true,
                flags,
                environment,
                directory,
                startup,
                information);
    if (!created) {
      int error = Native.getLastError();
      throw new ProcessException(token == null ? "CreateProcess" : "CreateProcessAsUser", error);
    }
  }

  /** A path is used as it is; only a plain name is searched for. */
  private @Nullable WString application() {
    String program = order.command().get(0);
    boolean path = program.indexOf('\\') >= 0 || program.indexOf('/') >= 0;
    return path ? new WString(program) : null;
  }

  private static Memory startup(StandardStreams streams, StartAttributes attributes) {
    Memory startup = new Memory(STARTUP_BYTES);
    startup.clear();
    startup.setInt(0, STARTUP_BYTES);
    startup.setInt(FLAGS_AT, STARTF_USESTDHANDLES);
    for (int i = 0; i < 3; i++) {
      startup.setPointer(STD_AT + (long) i * Native.POINTER_SIZE, streams.childEnd(i));
    }
    startup.setPointer(STD_AT + 3L * Native.POINTER_SIZE, attributes.list());
    return startup;
  }

  private static Memory wide(String text) {
    Memory memory = new Memory((text.length() + 1L) * Character.BYTES);
    memory.write(0, (text + "\0").toCharArray(), 0, text.length() + 1);
    return memory;
  }

  private static Memory block(Map<String, String> variables) {
    char[] block = EnvironmentBlock.write(variables);
    Memory memory = new Memory((long) block.length * Character.BYTES);
    memory.write(0, block, 0, block.length);
    return memory;
  }
}
