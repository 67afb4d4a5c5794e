package io.sessionbridge.sink.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LinuxLauncherTest {

  private static Program program(RunAs runAs, boolean elevated) {
    return new Program(
        List.of(Argument.of("/bin/true")),
        Optional.empty(),
        Priority.NORMAL,
        OptionalLong.empty(),
        runAs,
        elevated);
  }

  private static Optional<String> missing(boolean root, Program program) {
    LinuxLauncher launcher = new LinuxLauncher(root);
    try {
      return launcher.missing(program);
    } finally {
      launcher.close();
    }
  }

  @Test
  void onlyRootRunsProgramsAsOthers() {
    assertThat(missing(false, program(RunAs.SESSION_USER, false)))
        .hasValue("run_as: session_user takes an agent that runs as root");
    assertThat(missing(false, program(RunAs.AGENT, false))).isEmpty();
    assertThat(missing(true, program(RunAs.SESSION_USER, false))).isEmpty();
  }

  @Test
  void nothingIsElevated() {
    assertThat(missing(true, program(RunAs.SESSION_USER, true)))
        .hasValue("elevated: exists on Windows only");
  }
}
