package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.storage.FileStorage;
import io.sessionbridge.testkit.TestingIntake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that got another id. */
final class FormerSourceTest {

  @TempDir private Path folder;

  private final TestingIntake intake = new TestingIntake();

  private Path log() {
    return folder.resolve("day.jsonl");
  }

  private byte[] readAll() throws Exception {
    try (TestingFollow old = new TestingFollow(log(), Optional.empty(), new FileStorage())) {
      return old.look().read(100).position();
    }
  }

  private Optional<FormerSource> former() {
    return FormerSource.of(log(), intake, new FileStorage());
  }

  @Test
  void isFoundByWhatItRead() throws Exception {
    new TestingFile(log()).appendLines(0, 5);
    intake.abandon("other", new byte[] {1, 2, 3});
    intake.abandon("old", readAll());
    new TestingFile(log()).appendLines(5, 7);
    assertThat(former().orElseThrow().warning("new", log()))
        .isEqualTo(
            "source new reads "
                + log()
                + " from its start, with new event ids: source old, which is no longer"
                + " configured, had read 5 lines of it; to continue there, give the source that id"
                + " before it reads");
  }

  @Test
  void isNoneThatReadAnotherFile() throws Exception {
    new TestingFile(log()).appendLines(0, 5);
    intake.abandon("old", readAll());
    Files.delete(log());
    assertThat(former()).isEmpty();
    new TestingFile(log()).appendLines(10, 30);
    assertThat(former()).isEmpty();
  }
}
