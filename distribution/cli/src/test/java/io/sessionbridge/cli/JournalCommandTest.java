package io.sessionbridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.journal.Cursor;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.FolderLock;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.Start;
import io.sessionbridge.storage.FileStorage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that work on a journal while no agent runs. */
class JournalCommandTest {

  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void threeEventsOfWhichOneHasArrived() throws Exception {
    data = folder.resolve("data");
    Files.writeString(
        folder.resolve("sessionbridge.yaml"),
        """
        data_dir: '%s'
        sources:
          in: {type: replay, path: '%s'}
        sinks:
          lake: {type: file, path: '%s'}
        """
            .formatted(data, folder.resolve("in.jsonl"), folder.resolve("out.jsonl")));
    try (Journal journal =
        Journal.open(JournalConfig.defaults(), data, new FileStorage(), Clock.system())) {
      Cursor lake = journal.cursors().open("lake", Start.OLDEST);
      journal.awaitDurable(journal.append(List.of(event("kim"), event("lee"), event("max"))));
      lake.move(lake.state().at(1, new byte[0]));
    }
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(err, true, UTF_8));
  }

  private static Entry event(String user) {
    EventData data =
        EventData.builder(Kind.LOGON).put(Field.HOST_ID, "h").put(Field.USER_NAME, user).build();
    return new Entry(7, EventRecord.encode("in", Observation.recorded(Instant.EPOCH, data, null)));
  }

  @AfterEach
  void giveBack() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  private int execute(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "journal";
    System.arraycopy(words, 0, all, 1, words.length);
    all[all.length - 2] = "--config";
    all[all.length - 1] = folder.resolve("sessionbridge.yaml").toString();
    out.reset();
    err.reset();
    return Main.execute(all);
  }

  @Test
  void checkSaysWhatIsDamaged() throws Exception {
    assertThat(execute("check")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(UTF_8))
        .contains("records 1 to 3, 3 readable, no damage")
        .contains("cursor lake has reached record 1; records pending: 2; so far ")
        .endsWith("2 files, no damage" + System.lineSeparator());
    Files.write(data.resolve("cursors").resolve("lake.cursor"), new byte[100]);
    assertThat(execute("check")).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString(UTF_8)).endsWith("2 files, 1 damaged" + System.lineSeparator());
  }

  @Test
  void exportPrintsWhatReplayReads() {
    assertThat(execute("export")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(UTF_8).lines()).hasSize(3).allMatch(l -> l.contains("\"specversion\""));
    assertThat(execute("export", "--sink", "lake")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(UTF_8)).contains("lee", "max").doesNotContain("kim");
    assertThat(execute("export", "--sink", "other")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "sessionbridge: journal: sink other has no cursor; sinks with a cursor: [lake]"
                + System.lineSeparator());
  }

  @Test
  void forgetAsksFirstAndSaysWhatIsGivenUp() {
    assertThat(execute("forget", "lake")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "sessionbridge: journal: sink lake has not passed 2 events: repeat the command with"
                + " --yes"
                + " to give them up"
                + System.lineSeparator());
    assertThat(execute("forget", "lake", "--yes")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(UTF_8))
        .isEqualTo("sink lake is forgotten, 2 events are given up" + System.lineSeparator());
    assertThat(execute("forget", "lake", "--yes")).isEqualTo(ExitCode.FAILED);
    assertThat(execute("forget", ".ingest", "--yes")).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void refusesWhileAnAgentWorksThere() throws Exception {
    try (FolderLock agent = FolderLock.acquire(data)) {
      assertThat(agent).isNotNull();
      for (List<String> words :
          List.of(
              List.of("check"),
              List.of("export"),
              List.of("repair", "--yes"),
              List.of("forget", "lake", "--yes"))) {
        assertThat(execute(words.toArray(String[]::new))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString(UTF_8))
            .isEqualTo(
                "sessionbridge: journal: data directory "
                    + data
                    + " is in use by another SessionBridge (process "
                    + ProcessHandle.current().pid()
                    + "): stop it, or use another data_dir"
                    + System.lineSeparator());
      }
    }
    assertThat(execute("check")).isEqualTo(ExitCode.DONE);
  }

  @Test
  void showWorksWhileAnAgentDoes() throws Exception {
    try (FolderLock agent = FolderLock.acquire(data)) {
      assertThat(agent).isNotNull();
      assertThat(execute("show")).isEqualTo(ExitCode.DONE);
    }
    assertThat(out.toString(UTF_8).lines())
        .satisfiesExactly(
            journal ->
                assertThat(journal)
                    .startsWith(data.resolve("journal") + ": 1 segment, ")
                    .endsWith(" bytes, records 1 to 3"),
            lake ->
                assertThat(lake)
                    .isEqualTo(
                        "sink lake: 2 pending, 0 delivered, 0 filtered, 0 rejected, 0 lost"));
  }

  @Test
  void repairAsksFirstAndMakesCursorsAgain() throws Exception {
    assertThat(execute("repair")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(UTF_8)).isEqualTo("nothing to repair" + System.lineSeparator());
    Path cursor = data.resolve("cursors").resolve("lake.cursor");
    Files.write(cursor, new byte[100]);
    assertThat(execute("repair")).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString(UTF_8)).contains("cursor lake is damaged or missing");
    assertThat(err.toString(UTF_8)).contains("repeat the command with --yes to repair");
    assertThat(Files.readAllBytes(cursor)).containsOnly(0);
    assertThat(execute("repair", "--yes")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(UTF_8)).endsWith("1 repaired" + System.lineSeparator());
    assertThat(data.resolve("cursors").resolve("lake.cursor.damaged-1")).exists();
    assertThat(execute("check")).isEqualTo(ExitCode.DONE);
    assertThat(execute("export", "--sink", "lake")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(UTF_8)).contains("kim", "lee", "max");
  }
}
