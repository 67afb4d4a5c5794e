package io.sessionbridge.windows.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Pointer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.WINDOWS)
@Timeout(120)
class JobProcessTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int PRIVILEGE_NOT_HELD = 1314;

  /** {@code PROCESS_ALL_ACCESS}. */
  private static final int ALL_ACCESS = 0x1FFFFF;

  @Test
  void passesArgumentsVariablesOutputAndExitCode() throws Exception {
    String[] odd = {"arguments", "& calc", "%PATH%", "\"", "a \\\"b\\", "", "grüße €"};
    ProcessOrder order =
        new ProcessOrder(
            TestingProgram.command(odd),
            OptionalLong.empty(),
            SessionOwner.ANY,
            false,
            Optional.empty(),
            Map.of("SESSIONBRIDGE_TEST", "% & \""),
            ProcessPriority.IDLE,
            OptionalLong.empty(),
            true);
    try (JobProcess process = JobProcess.start(order);
        BufferedReader lines = lines(process)) {
      process.input().orElseThrow().close();
      assertThat(lines.lines())
          .startsWith("<& calc>", "<%PATH%>", "<\">", "<a \\\"b\\>", "<>")
          .endsWith("variable % & \"");
      assertThat(process.await(LONG)).isEqualTo(OptionalInt.of(42));
    }
  }

  @Test
  void reportsWhatCannotBeStarted() {
    assertThatThrownBy(
            () -> JobProcess.start(ProcessOrder.hidden(List.of("C:\\no such\\program.exe"))))
        .isInstanceOf(ProcessException.class)
        .hasMessageContaining("CreateProcess failed with error");
  }

  @Test
  void endsTheWholeTree() throws Exception {
    try (JobProcess process =
            JobProcess.start(ProcessOrder.hidden(TestingProgram.command("tree")));
        BufferedReader lines = lines(process)) {
      assertThat(lines.readLine()).isEqualTo("ready");
      assertThat(process.pids()).hasSizeGreaterThanOrEqualTo(2);
      process.kill(17);
      assertThat(lines.readLine()).isNull();
      process.input().orElseThrow().close();
      assertThat(process.await(LONG)).isEqualTo(OptionalInt.of(17));
    }
  }

  @Test
  void waitsForTheEndOfTheTree() throws Exception {
    try (JobProcess process =
            JobProcess.start(ProcessOrder.hidden(TestingProgram.command("tree")));
        BufferedReader lines = lines(process)) {
      assertThat(lines.readLine()).isEqualTo("ready");
      assertThat(process.end(17, LONG)).isEmpty();
      assertThat(process.pids()).isEmpty();
      assertThat(process.end(17, Duration.ZERO)).isEmpty();
      process.input().orElseThrow().close();
      assertThat(process.await(LONG)).isEqualTo(OptionalInt.of(17));
    }
  }

  /** It is suspended, and nothing else would end it. */
  @Test
  void endsAProcessThatCannotBeAssignedToItsJob() throws Exception {
    try (JobProcess process =
            JobProcess.start(ProcessOrder.hidden(TestingProgram.command("echo")));
        BufferedReader lines = lines(process)) {
      assertThat(lines.readLine()).isEqualTo("ready");
      JobObject gone = JobObject.create(ProcessPriority.NORMAL, OptionalLong.empty());
      gone.close();
      Pointer handle =
          ProcessLibraries.Kernel32.INSTANCE.OpenProcess(ALL_ACCESS, false, (int) process.pid());
      try {
        assertThatThrownBy(() -> ProcessStart.bringInto(gone, handle))
            .isInstanceOf(ProcessException.class)
            .hasMessageContaining("AssignProcessToJobObject failed with error 6");
      } finally {
        ProcessLibraries.Kernel32.INSTANCE.CloseHandle(handle);
      }
      assertThat(process.await(LONG)).isEqualTo(OptionalInt.of(1));
      process.input().orElseThrow().close();
    }
  }

  @Test
  void suspendsAndResumes() throws Exception {
    try (JobProcess process =
            JobProcess.start(ProcessOrder.hidden(TestingProgram.command("echo")));
        BufferedReader lines = lines(process);
        OutputStream input = process.input().orElseThrow()) {
      assertThat(lines.readLine()).isEqualTo("ready");
      process.suspend();
      input.write("one\n".getBytes(UTF_8));
      assertThat(process.await(Duration.ZERO)).isEmpty();
      process.prioritise(ProcessPriority.IDLE);
      process.resume();
      assertThat(lines.readLine()).isEqualTo("echo one");
      process.suspend();
      process.kill(3);
      assertThat(process.await(LONG)).isEqualTo(OptionalInt.of(3));
    }
  }

  @Test
  void asksToEnd() throws Exception {
    try (JobProcess process =
            JobProcess.start(ProcessOrder.hidden(TestingProgram.command("hook")));
        BufferedReader lines = lines(process)) {
      process.input().orElseThrow().close();
      assertThat(lines.readLine()).isEqualTo("ready");
      process.stop();
      assertThat(lines.readLine()).isEqualTo("asked to end");
      assertThat(process.await(LONG)).isPresent();
    }
  }

  @Test
  void leavesNothingWhenItsOwnerIsKilled() throws Exception {
    try (JobProcess owner = JobProcess.start(ProcessOrder.hidden(TestingProgram.command("owner")));
        BufferedReader lines = lines(owner)) {
      owner.input().orElseThrow().close();
      String line = lines.readLine();
      assertThat(line).startsWith("started ");
      long pid = Long.parseLong(line.substring("started ".length()));
      assertThat(owner.await(LONG)).isEqualTo(OptionalInt.of(9));
      Optional<ProcessHandle> left = ProcessHandle.of(pid);
      if (left.isPresent()) {
        left.get().onExit().get(1, TimeUnit.MINUTES);
      }
    }
  }

  @Test
  void runsAsTheUserOfASession() throws Exception {
    ProcessOrder order =
        new ProcessOrder(
            TestingProgram.command("arguments", "as user"),
            OptionalLong.of(1),
            SessionOwner.ANY,
            false,
            Optional.empty(),
            Map.of("SESSIONBRIDGE_TEST", "x"),
            ProcessPriority.NORMAL,
            OptionalLong.empty(),
            true);
    JobProcess started;
    try {
      started = JobProcess.start(order);
    } catch (ProcessException e) {
      assumeTrue(e.error() != PRIVILEGE_NOT_HELD, "takes LocalSystem");
      throw e;
    }
    try (JobProcess process = started;
        BufferedReader lines = lines(process)) {
      process.input().orElseThrow().close();
      assertThat(lines.lines()).containsExactly("<as user>", "variable x");
      assertThat(process.await(LONG)).isEqualTo(OptionalInt.of(42));
    }
  }

  @Test
  void doesNotRunAsSomebodyElseInASession() {
    ProcessOrder order =
        new ProcessOrder(
            TestingProgram.command("arguments"),
            OptionalLong.of(1),
            new SessionOwner(Optional.of("S-1-5-21-1-2-3-4"), Optional.empty(), Optional.empty()),
            false,
            Optional.empty(),
            Map.of(),
            ProcessPriority.NORMAL,
            OptionalLong.empty(),
            true);
    assertThatThrownBy(() -> JobProcess.start(order))
        .isInstanceOfSatisfying(
            ProcessException.class,
            e -> assertThat(e.isUserGone() || e.error() == PRIVILEGE_NOT_HELD).isTrue());
  }

  private static BufferedReader lines(JobProcess process) {
    return new BufferedReader(new InputStreamReader(process.output().orElseThrow(), UTF_8));
  }

  @Test
  void knowsTheGroupsOfTheUserOfASession() throws Exception {
    try {
      List<String> groups = SessionAccount.groups(1, SessionOwner.ANY);
      assertThat(groups).contains("S-1-1-0", "S-1-5-32-545");
      assertThat(SessionAccount.groupName("S-1-1-0")).contains("Everyone");
    } catch (ProcessException e) {
      assertThat(e.error()).isEqualTo(PRIVILEGE_NOT_HELD);
    }
  }
}
