package io.sessionbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only one process at a time, even if a lock file is removed. */
class FolderLockTest {

  @TempDir Path folder;

  @Test
  void removingTheLockFileAdmitsNoSecondProcess() throws Exception {
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
                  + "): stop it, or use another data_dir");
    }
    FolderLock.acquire(folder).close();
  }

  @Test
  void keepsAForeignFileOfThatName() throws Exception {
    Path lock = Files.writeString(folder.resolve("lock"), "keys of the front door\n");
    assertThatThrownBy(() -> FolderLock.acquire(folder))
        .isInstanceOf(JournalException.class)
        .hasMessage(
            "data directory "
                + folder
                + " contains a file lock that does not belong to SessionBridge: move it, or use"
                + " another data_dir");
    assertThat(lock).hasContent("keys of the front door\n");
  }

  @Test
  void doesNotFollowALinkOfThatName() throws Exception {
    Path other = Files.createFile(folder.resolve("other"));
    Files.createSymbolicLink(folder.resolve("lock"), other);
    assertThatThrownBy(() -> FolderLock.acquire(folder)).isInstanceOf(JournalException.class);
    assertThat(other).isEmptyFile();
  }

  @Test
  void takesOverTheLockOfAnEndedProcess() throws Exception {
    Files.writeString(folder.resolve("lock"), "4711\n");
    FolderLock.acquire(folder).close();
    assertThat(folder.resolve("lock")).hasContent(ProcessHandle.current().pid() + "\n");
  }
}
