package io.sessionbridge.sink.command;

import io.sessionbridge.sink.command.config.Program;
import io.sessionbridge.sink.command.linux.LinuxLauncher;
import io.sessionbridge.sink.command.process.GuardedLauncher;
import io.sessionbridge.sink.command.process.Launcher;
import io.sessionbridge.sink.command.windows.WindowsLauncher;
import io.sessionbridge.sink.command.writers.AgentRights;
import io.sessionbridge.sink.command.writers.ProgramGuard;
import java.io.File;
import java.util.Optional;

/** Selects the launcher of this operating system. */
final class SystemLauncher {

  private SystemLauncher() {}

  static Launcher create() {
    Launcher launcher =
        File.separatorChar == '\\'
            ? new WindowsLauncher()
            : new LinuxLauncher(AgentRights.isRoot());
    return new GuardedLauncher(launcher, ProgramGuard.ofThisSystem());
  }

  /** What this machine or the agent lacks for a program; empty if nothing. */
  static Optional<String> missing(Program program) {
    try (Launcher launcher = create()) {
      return launcher.missing(program);
    }
  }
}
