package io.sessionbridge.sink.command.writers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sessionbridge.sink.command.TestingCommands;
import io.sessionbridge.sink.command.arguments.Argument;
import io.sessionbridge.sink.command.config.Priority;
import io.sessionbridge.sink.command.config.Program;
import io.sessionbridge.sink.command.config.RunAs;
import io.sessionbridge.sink.command.events.OnSink;
import io.sessionbridge.sink.command.process.GuardedLauncher;
import io.sessionbridge.sink.command.process.Launch;
import io.sessionbridge.sink.command.process.Launcher;
import io.sessionbridge.sink.command.process.TestingLauncher;
import io.sessionbridge.spi.DeliveryResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With the owners and modes of real files. */
@DisabledOnOs(OS.WINDOWS)
class ProgramGuardTest {

  @TempDir Path folder;
  private final ProgramGuard guard = new ProgramGuard(Optional.of(FileWriters.ofPrograms()));

  private Path program(String folderMode, String mode) throws IOException {
    Path programs = Files.createDirectories(folder.resolve("bin"));
    Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString(folderMode));
    Path program = programs.resolve("apply");
    Files.writeString(program, "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(mode));
    return program;
  }

  private OnSink connected(TestingLauncher launcher, Path program, String more) throws Exception {
    String yaml = "on: [logon]\nrun: ['" + program + "']\n" + more;
    OnSink sink = new TestingCommands(folder).on(yaml, new GuardedLauncher(launcher, guard));
    sink.connect();
    return sink;
  }

  private static String refusal(Path path) {
    return "refused, other users can modify "
        + path
        + ", run: chmod go-w "
        + path
        + "; whoever can do that runs programs with the agent's rights. To allow it, set"
        + " allow_writable_program: true";
  }

  @Test
  void refusesWhatOthersMayChangeBeforeEachStart() throws Exception {
    TestingLauncher launcher = new TestingLauncher(TestingLauncher.WORKS);
    Path program = program("rwxr-xr-x", "rwxr-xr-x");
    OnSink sink = connected(launcher, program, "");
    TestingCommands events = new TestingCommands(folder);
    assertThat(sink.deliver(List.of(events.logon()))).isEqualTo(DeliveryResult.delivered(1));
    assertThat(launcher.started()).hasSize(1);

    program("rwxr-xr-x", "rwxrwxr-x");
    assertThat(sink.deliver(List.of(events.logon())).rejected().get(0).reason())
        .isEqualTo(program + ": " + refusal(program));
    program("rwxr-xrwx", "rwxr-xr-x");
    assertThat(sink.deliver(List.of(events.logon())).rejected().get(0).reason())
        .isEqualTo(program + ": " + refusal(program.getParent()));
    assertThat(launcher.started()).hasSize(1);
    sink.close();
  }

  @Test
  void runsItIfItIsAllowed() throws Exception {
    TestingLauncher launcher = new TestingLauncher(TestingLauncher.WORKS);
    Path program = program("rwxrwxrwx", "rwxrwxrwx");
    OnSink sink = connected(launcher, program, "allow_writable_program: true");
    assertThat(sink.deliver(List.of(new TestingCommands(folder).logon())).rejected()).isEmpty();
    assertThat(launcher.started()).hasSize(1);
    sink.close();
  }

  /** After a link, .. is the folder above its target. */
  @Test
  void judgesTheFileThatIsRun() throws Exception {
    TestingLauncher launcher = new TestingLauncher(TestingLauncher.WORKS);
    program("rwxr-xr-x", "rwxr-xr-x");
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.createDirectories(other.resolve("deep"));
    Files.createDirectories(other.resolve("bin"));
    Path run = Files.writeString(other.resolve("bin/apply"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.createSymbolicLink(folder.resolve("link"), other.resolve("deep"));
    Path asked = folder.resolve("link/../bin/apply");
    OnSink sink = connected(launcher, asked, "");
    assertThat(
            sink.deliver(List.of(new TestingCommands(folder).logon())).rejected().get(0).reason())
        .isEqualTo(asked + ": " + refusal(run));
    assertThat(launcher.started()).isEmpty();
    sink.close();
  }

  /** Root may have another name, and another account may be called root. */
  @Test
  void judgesForRootByItsNumber() throws Exception {
    assumeTrue(AgentRights.isRoot());
    Path program = program("rwxr-xr-x", "rwxrwxrwx");
    String name = System.getProperty("user.name");
    System.setProperty("user.name", "toor");
    try (Launcher launcher = TestingCommands.systemLauncher()) {
      Launch launch =
          new Launch(
              new Program(
                  List.of(Argument.of(program.toString())),
                  Optional.empty(),
                  Priority.NORMAL,
                  OptionalLong.empty(),
                  RunAs.AGENT,
                  false,
                  false),
              List.of(program.toString()),
              Map.of(),
              new byte[0],
              Optional.empty());
      assertThatThrownBy(() -> launcher.start(launch)).hasMessage(refusal(program));
    } finally {
      System.setProperty("user.name", name);
    }
  }

  @Test
  void refusesWhatItCannotCheck() {
    ProgramGuard blind =
        new ProgramGuard(
            Optional.of(
                file -> {
                  throw new IOException("the share is away");
                }));
    assertThatThrownBy(() -> blind.require(Program.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot determine who can modify it: ");
  }

  @Test
  void judgesNothingWhereTheAgentCanNoMoreThanItsUser() throws Exception {
    new ProgramGuard(Optional.empty()).require(Program.NONE);
  }
}
