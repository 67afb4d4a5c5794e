package io.sessionbridge.windows.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTextTest {

  @Test
  void quotesTheProgramAndEveryPath() {
    assertThat(
            CommandLineText.of(
                List.of(
                    "C:\\Program Files\\Java\\bin\\java.exe",
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-Dsessionbridge.home=C:\\Program Files\\SessionBridge",
                    "-cp",
                    "C:\\lib\\*;C:\\plugins\\*",
                    "io.sessionbridge.cli.Main",
                    "service",
                    "run")))
        .isEqualTo(
            "\"C:\\Program Files\\Java\\bin\\java.exe\" -Xmx96m -XX:+UseSerialGC"
                + " \"-Dsessionbridge.home=C:\\Program Files\\SessionBridge\""
                + " -cp \"C:\\lib\\*;C:\\plugins\\*\" io.sessionbridge.cli.Main service run");
  }

  @Test
  void quotesAPlainProgramToo() {
    assertThat(CommandLineText.of(List.of("java.exe"))).isEqualTo("\"java.exe\"");
  }

  @Test
  void keepsQuotationMarksAndTheBackslashesBeforeThem() {
    assertThat(CommandLineText.of(List.of("p", "C:\\data dir\\", "a\"b", "\\\\\"", "", "Büro")))
        .isEqualTo("\"p\" \"C:\\data dir\\\\\" \"a\\\"b\" \"\\\\\\\\\\\"\" \"\" \"Büro\"");
  }
}
