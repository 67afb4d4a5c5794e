package io.sessionbridge.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What bash offers with the completion of the packages. */
@Timeout(60)
class CompletionIT {

  private static final Path SCRIPT =
      Path.of("target/tree/usr/share/bash-completion/completions/sessionbridge");

  /** As bash itself does when Tab is pressed: it calls the function that is registered. */
  private static final String TAB =
      """
      compopt() { :; }  # the real one works only while Tab is pressed
      source "$1" || exit
      shift
      registered=$(complete -p sessionbridge) || exit
      function=${registered#*-F }
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      COMP_LINE=$*
      COMP_POINT=${#COMP_LINE}
      ${function%% *} sessionbridge "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  /** After the name of the program; the last word is the one to complete. */
  private static List<String> offered(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                RequiredTool.find("bash").toString(),
                "--norc",
                "-c",
                TAB,
                "bash",
                SCRIPT.toString(),
                "sessionbridge"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().map(String::strip).toList();
  }

  @Test
  void completesCommands() throws Exception {
    assertThat(offered("va")).containsExactly("validate");
    assertThat(offered("")).contains("run", "validate", "class-cache", "when-idle");
    assertThat(offered("journal", "sh")).containsExactly("show");
  }

  @Test
  void completesOptions() throws Exception {
    assertThat(offered("validate", "--con")).containsExactlyInAnyOrder("--config", "--connect");
    assertThat(offered("run", "--exit-w")).containsExactly("--exit-when-drained");
  }
}
