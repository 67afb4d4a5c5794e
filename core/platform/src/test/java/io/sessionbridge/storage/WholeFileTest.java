package io.sessionbridge.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The opening of a pipe waits for its other end, and no interrupt ends that. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WholeFileTest {

  private static final String NO_FILE = "it is a pipe or a device, and must be a file";

  @TempDir Path folder;

  private Path file(int bytes) throws IOException {
    return Files.write(folder.resolve("file"), new byte[bytes]);
  }

  /** A pipe that nobody writes to. */
  private Path pipe() throws Exception {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).inheritIO().start();
    assertThat(made.waitFor()).isZero();
    return pipe;
  }

  @Test
  void readsAllOfIt() throws Exception {
    assertThat(WholeFile.read(file(0), 8)).isEmpty();
    assertThat(WholeFile.read(file(8), 8)).hasSize(8);
  }

  @Test
  void refusesWhatIsLonger() throws Exception {
    Path file = file(1025);
    assertThatThrownBy(() -> WholeFile.read(file, 1024))
        .isInstanceOf(WholeFile.TooLargeException.class)
        .hasMessage(file + " is longer than 1KiB, is it the right file?");
    Path larger = file((1 << 20) + 1);
    assertThatThrownBy(() -> WholeFile.read(larger, 1 << 20))
        .hasMessage(larger + " is longer than 1MiB, is it the right file?");
  }

  @Test
  void followsALink() throws Exception {
    Path file = file(5);
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(WholeFile.read(link, 8)).hasSize(5);
  }

  @Test
  void reportsThatThereIsNone() {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> WholeFile.read(none, 8)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aPipeIsRefusedAtOnce() throws Exception {
    Path pipe = pipe();
    assertThatThrownBy(() -> WholeFile.read(pipe, 8))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(pipe + ": " + NO_FILE);
  }
}
