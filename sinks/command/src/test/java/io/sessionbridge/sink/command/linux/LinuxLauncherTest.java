package io.sessionbridge.sink.command.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sink.command.arguments.Argument;
import io.sessionbridge.sink.command.config.Priority;
import io.sessionbridge.sink.command.config.Program;
import io.sessionbridge.sink.command.config.RunAs;
import io.sessionbridge.sink.command.process.Launcher;
import io.sessionbridge.sink.command.process.UserGroup;
import java.util.ArrayList;
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
        elevated,
        false);
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
        .hasValue("run_as: session_user needs an agent that runs as root");
    assertThat(missing(false, program(RunAs.AGENT, false))).isEmpty();
    assertThat(missing(true, program(RunAs.SESSION_USER, false))).isEmpty();
  }

  private static EventData.Builder nobody() {
    return EventData.builder(Kind.LOGON)
        .put(Field.HOST_NAME, "WS-1")
        .put(Field.USER_NAME, "nobody");
  }

  private static List<String> groups(EventData.Builder event, boolean own) throws Exception {
    LinuxLauncher launcher = new LinuxLauncher(true);
    try {
      List<String> names = new ArrayList<>();
      for (UserGroup group : launcher.groups(event.build(), own)) {
        names.add(group.name().find().orElseThrow());
      }
      return names;
    } finally {
      launcher.close();
    }
  }

  /** The name of a domain's user may be that of another user here. */
  @Test
  void takesNoUserOfADomainForOneOfThisMachine() throws Exception {
    assertThat(groups(nobody(), true)).contains("nogroup");
    assertThat(groups(nobody().put(Field.USER_DOMAIN, "ws-1"), true)).contains("nogroup");
    assertThat(groups(nobody().put(Field.USER_DOMAIN, "CONTOSO"), true)).isEmpty();
  }

  @Test
  void doesNotKnowTheUsersOfAnotherMachine() {
    assertThatThrownBy(() -> groups(nobody().put(Field.USER_DOMAIN, "ws-1"), false))
        .isInstanceOf(Launcher.UserGoneException.class)
        .hasMessage("the user exists on another host only");
  }

  @Test
  void nothingIsElevated() {
    assertThat(missing(true, program(RunAs.SESSION_USER, true)))
        .hasValue("elevated: is available on Windows only");
  }
}
