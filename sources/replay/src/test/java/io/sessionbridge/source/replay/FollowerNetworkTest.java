package io.sessionbridge.source.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines of a file whose size, content and inode do not change together. */
final class FollowerNetworkTest extends FollowerFixture {

  /** FUSE with direct I/O reads content beyond a cached size. */
  @Test
  void readsContentBeyondTheSize() throws Exception {
    log.append(3);
    TestingFollow follow = follow(Optional.empty()).look().read(10);
    disk.reportSize(Files.size(log.path()));
    log.append(2);
    follow.look().read(10).look();
    assertThat(follow.output()).isEqualTo(numbers(0, 5));
    follow.restart().look().read(10);
    disk.reportRightSize();
    log.append(1);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 6));
  }

  /** The kernel corrects the size when a read finds less. */
  @Test
  void staysInAFileWhoseSizeWasAheadOfItsContent() throws Exception {
    log.append(3);
    TestingFollow follow = follow(Optional.empty()).look().read(10);
    disk.reportSize(Files.size(log.path()) + 100);
    follow.look().read(10);
    disk.reportRightSize();
    follow.look().read(10);
    log.append(2);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 5));
  }

  @Test
  void waitsForContentThatIsShownAsZeros() throws Exception {
    log.append(1);
    TestingFollow follow = follow(Optional.empty()).look().read(10);
    long end = Files.size(log.path());
    write(end, new byte[2 * TestingFile.line(1).length()]);
    follow.look().read(10).lookUntilQuiet().read(10);
    assertThat(follow.output()).isEqualTo(numbers(0, 1));
    write(end, (TestingFile.line(1) + TestingFile.line(2)).getBytes(UTF_8));
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 3));
  }

  @Test
  void waitsForTheFirstContentOfAFile() throws Exception {
    write(0, new byte[TestingFile.line(0).length()]);
    TestingFollow follow = follow(Optional.empty()).look().read(10);
    write(0, TestingFile.line(0).getBytes(UTF_8));
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 1));
  }

  /** A power cut can leave them. */
  @Test
  void leavesARotatedFileWithZerosAtItsEnd() throws Exception {
    log.append(3);
    TestingFollow follow = follow().look().read(10);
    write(Files.size(log.path()), new byte[512]);
    log.rename().append(2);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 5));
  }

  private void write(long offset, byte[] bytes) throws IOException {
    try (FileChannel file =
        FileChannel.open(log.path(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(bytes), offset);
    }
  }

  /** Before Linux 4.19, a file that overlayfs copied up is no longer the open one. */
  @Test
  void continuesInAFileThatWasCopiedUp() throws Exception {
    log.append(3);
    TestingFollow follow = follow(Optional.empty()).look().read(10);
    giveNewInode();
    log.append(2);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 5));
    follow.restart().readAll();
    log.append(1);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 6));
  }

  /** Since Linux 4.19, the open file and the name show the same lines. */
  @Test
  void readsAFileOnceThatWasCopiedUpWhileItWasEmpty() throws Exception {
    Files.createFile(log.path());
    Path open = Files.createLink(folder.resolve("open"), log.path());
    TestingFollow follow = follow(Optional.empty()).look().read(10);
    giveNewInode();
    follow.look().read(10);
    log.append(open, 3);
    new TestingFile(log.path()).appendLines(0, 3);
    follow.readAll();
    log.append(1);
    follow.readAll();
    assertThat(follow.output()).isEqualTo(numbers(0, 4));
  }

  private void giveNewInode() throws IOException {
    Path copy = Files.copy(log.path(), folder.resolve("copy"));
    Files.move(copy, log.path(), StandardCopyOption.REPLACE_EXISTING);
  }
}
