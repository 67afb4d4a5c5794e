package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.Place;
import io.sessionbridge.config.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileClaimsTest {

  private static final Place SOURCE = new Place("sb.yaml", 2, "sources.r");
  private static final Place FIRST = new Place("sb.yaml", 4, "sinks.a");
  private static final Place SECOND = new Place("sb.yaml", 5, "sinks.b");

  @TempDir Path temp;
  private Path folder;
  private final FileClaims claims = new FileClaims();

  @BeforeEach
  void resolve() throws Exception {
    folder = temp.toRealPath();
  }

  private String problems() {
    Problems problems = new Problems();
    claims.report(problems);
    return problems.toString();
  }

  private void assertShared(Path first, Path second) {
    claims.writes(FIRST, List.of(first));
    claims.writes(SECOND, List.of(second));
    assertThat(problems())
        .isEqualTo(
            "sb.yaml:5: sinks.b writes "
                + second
                + ", which sinks.a also writes: give each its own path");
  }

  @Test
  void twoSinksOnOnePath() {
    Path out = folder.resolve("out.jsonl");
    assertShared(out, folder.resolve("x").resolve("..").resolve("out.jsonl"));
  }

  @Test
  void twoSinksOnOneFileByALinkOfTheFolder() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    assertShared(real.resolve("out.jsonl"), link.resolve("out.jsonl"));
  }

  @Test
  void twoSinksOnOneFileByAHardLink() throws Exception {
    Path file = Files.createFile(folder.resolve("out.jsonl"));
    assertShared(file, Files.createLink(folder.resolve("same.jsonl"), file));
  }

  @Test
  void aSinkThatWritesAFileOfASource() {
    Path file = folder.resolve("in.jsonl");
    claims.reads(SOURCE, List.of(file));
    claims.writes(FIRST, List.of(file));
    assertThat(problems())
        .isEqualTo(
            "sb.yaml:4: sinks.a writes "
                + file
                + ", which sources.r reads: every event would be read again endlessly; give the"
                + " sink another path");
  }

  @Test
  void aSinkThatWritesAPossibleRotatedFileOfASource() {
    Path file = folder.resolve("in.jsonl.1");
    claims.reads(SOURCE, List.of(folder.resolve("in.jsonl")));
    claims.mayRead(SOURCE, file::equals);
    claims.writes(FIRST, List.of(file));
    assertThat(problems())
        .isEqualTo(
            "sb.yaml:4: sinks.a writes "
                + file
                + ", which sources.r may read as a rotated file: every event would be read again"
                + " endlessly; give the sink another path");
  }

  @Test
  void aSinkThatWritesIntoTheAgentsOwnFolders() throws Exception {
    Path journal = Files.createDirectory(folder.resolve("journal"));
    Path link = Files.createSymbolicLink(folder.resolve("elsewhere"), journal);
    claims.owns(List.of(journal, folder.resolve("lock")));
    claims.writes(FIRST, List.of(link.resolve("out.jsonl")));
    claims.writes(SECOND, List.of(folder.resolve("journal2").resolve("out.jsonl")));
    assertThat(problems())
        .isEqualTo(
            "sb.yaml:4: sinks.a writes "
                + link.resolve("out.jsonl")
                + ", but "
                + journal
                + " is used by the agent itself: give the sink another path");
  }

  /** The folder may not exist yet, so no other check would find this before the start. */
  @Test
  void aSinkThatWritesTheDataFolderOrOneAboveIt() {
    Path data = folder.resolve("state").resolve("data");
    claims.owns(List.of(data.resolve("journal"), data.resolve("lock")));
    claims.writes(FIRST, List.of(data));
    claims.writes(SECOND, List.of(folder.resolve("state")));
    assertThat(problems().lines())
        .containsExactly(
            "sb.yaml:4: sinks.a writes "
                + data
                + ", but that is a folder of the agent itself: give the sink the path of a file",
            "sb.yaml:5: sinks.b writes "
                + folder.resolve("state")
                + ", but that is a folder of the agent itself: give the sink the path of a file");
  }

  /** Each line would go to either of them at random. */
  @Test
  void twoSourcesThatReadTheStandardInput() {
    claims.readsStandardInput(SOURCE);
    assertThat(problems()).isEmpty();
    claims.readsStandardInput(new Place("sb.yaml", 3, "sources.s"));
    assertThat(problems())
        .isEqualTo(
            "sb.yaml:3: sources.s reads the standard input, which sources.r also reads: only one"
                + " source can read it; give the other one a file");
  }

  @Test
  void differentFilesAndTwoReadersAreFine() {
    claims.reads(SOURCE, List.of(folder.resolve("in.jsonl")));
    claims.reads(SOURCE, List.of(folder.resolve("in.jsonl")));
    claims.writes(FIRST, List.of(folder.resolve("a.jsonl")));
    claims.writes(SECOND, List.of(folder.resolve("b.jsonl")));
    assertThat(problems()).isEmpty();
  }
}
