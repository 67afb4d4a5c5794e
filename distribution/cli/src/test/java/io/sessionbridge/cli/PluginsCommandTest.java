package io.sessionbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsCommandTest {

  @TempDir Path folder;

  @Test
  void listsTheKeysOfTheFile() throws Exception {
    String list = plugins(ExitCode.DONE, "plugins");
    assertThat(list.lines().dropWhile(line -> !line.equals("keys of the file")).skip(1))
        .extracting(line -> line.strip().split(" ", 2)[0])
        .containsExactly(
            "data_dir",
            "log",
            "journal",
            "sessions",
            "host",
            "shutdown",
            "heartbeat",
            "http",
            "control",
            "sources",
            "sinks");
    assertThat(list).contains("  shutdown             time for sinks to finish their batches");
  }

  @Test
  void describesASectionOfTheFile() throws Exception {
    assertThat(plugins(ExitCode.DONE, "plugins", "journal"))
        .startsWith("key of the file\n  journal ")
        .containsPattern("max_bytes +size, between 16MiB and 1TiB; default")
        .contains("maximum disk space of the journal");
  }

  @Test
  void saysWhatItKnowsOfAnUnknownName() throws Exception {
    assertThat(plugins(ExitCode.FAILED, "plugins", "jurnal"))
        .contains("jurnal is unknown: sources are [")
        .contains(", keys of the file [data_dir, log, journal, ");
  }

  private String plugins(int code, String... arguments) throws Exception {
    try (Program program = Program.start(folder, List.of(arguments))) {
      assertThat(program.exitCode()).as(program.err()).isEqualTo(code);
      return program.out() + program.err();
    }
  }
}
