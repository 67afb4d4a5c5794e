package io.sessionbridge.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.cli.Main;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class ManPagesTest {

  @Command(
      name = "tool",
      description = {"Does it. With care.", ".Dots and 'quotes at 100%%."},
      subcommands = {Sub.class, Secret.class})
  @SuppressWarnings("UnusedVariable") // picocli reads the options
  private static final class Tool {
    @Option(
        names = {"-n", "--dry-run"},
        description = "changes nothing; C:\\x")
    private boolean dry;

    @Option(names = "--old", hidden = true, description = "gone")
    private boolean old;

    @Parameters(paramLabel = "FILE", description = "what to read")
    private String file = "";
  }

  @Command(name = "sub", description = "Is below")
  private static final class Sub {}

  @Command(name = "secret", hidden = true)
  private static final class Secret {}

  @Test
  void aPageHasWhatTheProgramSaysOfItself() {
    Map<String, String> pages = ManPages.of(new CommandLine(new Tool()));

    assertThat(pages).containsOnlyKeys("tool", "tool-sub");
    assertThat(pages.get("tool"))
        .isEqualTo(
            """
            .TH "tool" 1 "" SessionBridge
            .SH NAME
            tool \\- Does it
            .SH SYNOPSIS
            .nf
            tool [\\-n] FILE [COMMAND]
            .fi
            .SH DESCRIPTION
            .PP
            Does it. With care.
            .PP
            \\&.Dots and 'quotes at 100%.
            .SH ARGUMENTS
            .TP
            FILE
            what to read
            .SH OPTIONS
            .TP
            \\-n, \\-\\-dry\\-run
            changes nothing; C:\\ex
            .SH EXIT STATUS
            0 done, 1 failed, 2 wrong usage, 70 an essential part of the agent ended, 78 wrong configuration.
            .SH FILES
            /etc/sessionbridge/sessionbridge.yaml, /usr/share/doc/sessionbridge
            .SH SEE ALSO
            tool\\-sub(1)
            """);
    assertThat(pages.get("tool-sub")).contains("\ntool\\-sub \\- Is below\n");
  }

  @Test
  void everyCommandOfTheProgramHasAPage() {
    assertThat(ManPages.of(new CommandLine(new Main())))
        .containsKeys("sessionbridge", "sessionbridge-run", "sessionbridge-journal-forget")
        .allSatisfy((name, page) -> assertThat(page).contains(".SH DESCRIPTION\n.PP\n"));
  }
}
