package io.sessionbridge.windows.process;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.sessionbridge.windows.process.ProcessLibraries.Kernel32;
import io.sessionbridge.windows.process.ProcessLibraries.User32;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A helper program that requests others to end. Ctrl+C reaches only the console to which a process
 * is attached, windows can be closed only in the own session, and a process attached to a console
 * receives the Ctrl+C, too.
 */
final class StopProgram {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int CTRL_C_EVENT = 0;
  private static final int WM_CLOSE = 0x10;

  /** Fits in a command line; the first processes own the console and the windows. */
  private static final int MOST_PIDS = 200;

  private StopProgram() {}

  /** Starts the helper as the same user, in the same session. */
  static void start(ProcessOrder tree, List<Long> pids) throws ProcessException {
    if (pids.isEmpty()) {
      return;
    }
    ProcessOrder order =
        new ProcessOrder(
            command(pids),
            tree.session(),
            tree.owner(),
            tree.elevated(),
            Optional.empty(),
            Map.of(),
            ProcessPriority.NORMAL,
            OptionalLong.empty(),
            true);
    JobProcess program = JobProcess.start(order);
    Thread waiting = new Thread(() -> awaitEnd(program), "stop-program");
    waiting.setDaemon(true);
    waiting.start();
  }

  private static void awaitEnd(JobProcess program) {
    try (program) {
      program.await(TIMEOUT);
    } catch (ProcessException e) {
      return; // closed below in any case
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeStreams(program);
    }
  }

  private static void closeStreams(JobProcess program) {
    try {
      if (program.input().isPresent()) {
        program.input().get().close();
      }
      if (program.output().isPresent()) {
        program.output().get().close();
      }
    } catch (java.io.IOException e) {
      throw new IllegalStateException("closing a handle does not fail", e);
    }
  }

  private static List<String> command(List<Long> pids) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java.exe").toString());
    command.addAll(List.of("-Xrs", "-Xmx16m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    for (String name : new String[] {"jna.boot.library.path", "jna.nounpack"}) {
      String value = System.getProperty(name);
      if (value != null) {
        command.add("-D" + name + "=" + value);
      }
    }
    command.add("-cp");
    command.add(place(StopProgram.class) + ";" + place(Native.class));
    command.add(StopProgram.class.getName());
    pids.stream().limit(MOST_PIDS).map(String::valueOf).forEach(command::add);
    return command;
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path has URIs", e);
    }
  }

  /** Requests the processes with these ids to end. */
  public static void main(String[] pids) {
    Set<Integer> asked =
        Arrays.stream(pids).map(Integer::parseUnsignedInt).collect(Collectors.toSet());
    closeWindows(asked);
    Kernel32.INSTANCE.FreeConsole();
    for (String pid : pids) {
      if (Kernel32.INSTANCE.AttachConsole(Integer.parseUnsignedInt(pid))) {
        Kernel32.INSTANCE.SetConsoleCtrlHandler(null, true); // ignored by this program
        boolean sent = Kernel32.INSTANCE.GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0);
        Runtime.getRuntime().halt(sent ? 0 : 1);
      }
    }
    Runtime.getRuntime().halt(0); // programs with windows have no console
  }

  private static void closeWindows(Set<Integer> pids) {
    User32.EachWindow each =
        new User32.EachWindow() {
          @Override
          public boolean callback(Pointer window, @Nullable Pointer data) {
            IntByReference owner = new IntByReference();
            User32.INSTANCE.GetWindowThreadProcessId(window, owner);
            if (pids.contains(owner.getValue())) {
              User32.INSTANCE.PostMessageW(window, WM_CLOSE, null, null);
            }
            return true;
          }
        };
    User32.INSTANCE.EnumWindows(each, null);
  }
}
