package io.sessionbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time, also when somebody cleans up. */
class FolderLockTest {

  @TempDir Path folder;

  @Test
  void removingTheLockFileLetsNoSecondOneIn() throws Exception {
    try (FolderLock first = FolderLock.acquire(folder)) {
      assertThat(first).isNotNull();
      Files.delete(folder.resolve("lock"));
      assertThatThrownBy(() -> FolderLock.acquire(folder))
          .isInstanceOf(JournalException.class)
          .hasMessage(
              "data directory "
                  + folder
                  + " is in use by another SessionBridge (process "
                  + ProcessHandle.current().pid()
                  + "): stop it, or give this one another data_dir");
    }
    FolderLock.acquire(folder).close();
  }

  @Test
  void aFileOfThatNameThatSomebodyElseMadeIsLeftAsItIs() throws Exception {
    Path lock = Files.writeString(folder.resolve("lock"), "keys of the front door\n");
    assertThatThrownBy(() -> FolderLock.acquire(folder))
        .isInstanceOf(JournalException.class)
        .hasMessage(
            "data directory "
                + folder
                + " holds a file lock that is not of SessionBridge: move it away, or name another"
                + " data_dir");
    assertThat(lock).hasContent("keys of the front door\n");
  }

  @Test
  void aLinkOfThatNameIsNotFollowed() throws Exception {
    Path other = Files.createFile(folder.resolve("other"));
    Files.createSymbolicLink(folder.resolve("lock"), other);
    assertThatThrownBy(() -> FolderLock.acquire(folder)).isInstanceOf(JournalException.class);
    assertThat(other).isEmptyFile();
  }

  @Test
  void theLockOfAnEndedProcessIsTakenOver() throws Exception {
    Files.writeString(folder.resolve("lock"), "4711\n");
    FolderLock.acquire(folder).close();
    assertThat(folder.resolve("lock")).hasContent(ProcessHandle.current().pid() + "\n");
  }
}
