package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How the calls of SENS become events. */
final class SensIT extends SensFixture {

  @Test
  void everyMethodArrivesInOrderThroughEachPath() throws Exception {
    config("", FILE);
    List<String> paths = List.of("vtable", "invoke", "marshal");
    try (WindowsProgram agent = runSubscribed()) {
      for (String path : paths) {
        assertThat(windows.ask("mode " + path)).isEqualTo("OK");
        fire("1 Logon CONTOSO\\Jörg Müller");
        fire("1 Logoff CONTOSO\\Jörg Müller");
        fire("1 StartShell CONTOSO\\Jörg Müller");
        fire("1 DisplayLock CONTOSO\\Jörg Müller");
        fire("1 DisplayUnlock CONTOSO\\Jörg Müller");
        fire("1 StartScreenSaver CONTOSO\\Jörg Müller");
        fire("1 StopScreenSaver CONTOSO\\Jörg Müller");
        fire("2 Logon 3 CONTOSO\\Jörg Müller");
        fire("2 Logoff 3 CONTOSO\\Jörg Müller");
        fire("2 SessionDisconnect 5 CONTOSO\\Jörg Müller");
        fire("2 SessionReconnect 0 CONTOSO\\Jörg Müller");
        fire("2 PostShell 3 CONTOSO\\Jörg Müller");
      }
      awaitEvents(12 * paths.size());
      stop(agent);
    }
    List<String> events = events();
    for (int i = 0; i < paths.size(); i++) {
      assertThat(events.subList(12 * i, 12 * (i + 1)))
          .as(paths.get(i))
          .containsExactly(
              "logon 1 of ? by CONTOSO\\Jörg Müller",
              "logoff 2 of ? by CONTOSO\\Jörg Müller",
              "shell_start 3 of ? by CONTOSO\\Jörg Müller",
              "lock 4 of ? by CONTOSO\\Jörg Müller",
              "unlock 5 of ? by CONTOSO\\Jörg Müller",
              "screensaver_start 6 of ? by CONTOSO\\Jörg Müller",
              "screensaver_stop 7 of ? by CONTOSO\\Jörg Müller",
              "logon 21 of 3 by CONTOSO\\Jörg Müller",
              "logoff 22 of 3 by CONTOSO\\Jörg Müller",
              "remote_disconnect 23 of 5 by CONTOSO\\Jörg Müller",
              "remote_connect 24 of 0 by CONTOSO\\Jörg Müller",
              "shell_start 25 of 3 by CONTOSO\\Jörg Müller");
    }
    assertThat(windows.log()).contains("in MTA: 0x00000000").contains(", 0 objects alive");
  }

  @Test
  void takesEveryName() throws Exception {
    config("", FILE);
    try (WindowsProgram agent = runSubscribed()) {
      for (String path : List.of("vtable", "invoke")) {
        assertThat(windows.ask("mode " + path)).isEqualTo("OK");
        fire("2 PostShell 1 -");
        fire("2 PostShell 2 *");
        fire("2 PostShell 3 kim");
        fire("2 PostShell 4 A\\B\\kim");
        fire("2 PostShell 5 CONTOSO\\%D83D%DE00");
        fire("2 PostShell 6 CONTOSO\\x%D83D");
        fire("2 PostShell 7 CONTOSO\\a%0000b");
        fire("2 PostShell 8 CONTOSO\\" + "ü".repeat(300));
      }
      awaitEvents(16);
      stop(agent);
    }
    List<String> expected = // in the letters of JSON
        List.of(
            "shell_start 25 of 3 by \\kim",
            "shell_start 25 of 4 by A\\\\B\\kim",
            "shell_start 25 of 5 by CONTOSO\\" + "\\uD83D\\uDE00",
            "shell_start 25 of 6 by CONTOSO\\x\uFFFD",
            "shell_start 25 of 7 by CONTOSO\\a\uFFFDb",
            "shell_start 25 of 8 by CONTOSO\\" + "ü".repeat(300));
    List<String> events = events();
    for (int first : List.of(0, 8)) {
      // SENS named nobody: who it was is what the directory says.
      assertThat(events.get(first)).startsWith("shell_start 25 of 1 by ");
      assertThat(events.get(first + 1)).startsWith("shell_start 25 of 2 by ");
      assertThat(events.subList(first + 2, first + 8)).isEqualTo(expected);
    }
  }

  @Test
  void theSwitchMakesWindowsUseInvoke() throws Exception {
    config(", invoke_only: true", FILE);
    try (WindowsProgram agent = runSubscribed()) {
      assertThat(windows.ask("mode vtable")).isEqualTo("OK");
      assertThat(windows.ask("fire 1 Logon CONTOSO\\kim")).isEqualTo("OK 1 80004002");
      assertThat(windows.ask("mode auto")).isEqualTo("OK");
      fire("1 Logon CONTOSO\\kim");
      fire("2 PostShell 3 CONTOSO\\kim");
      String other = "other 80004002 IMarshal 80004002 IAgileObject 80004002]";
      String denied = "IUnknown 00000000 IDispatch 00000000 own 80004002 " + other;
      assertThat(windows.ask("probe")).isEqualTo("OK [0 " + denied + " [1 " + denied);
      awaitEvents(2);
      stop(agent);
    }
    assertThat(events())
        .containsExactly("logon 1 of ? by CONTOSO\\kim", "shell_start 25 of 3 by CONTOSO\\kim");
  }
}
