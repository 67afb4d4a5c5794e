package io.sessionbridge.sink.command.writers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sessionbridge.sink.command.config.RulesShare;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class PathWalkTest {

  private static final int NOBODY = 65_534;

  @TempDir Path folder;
  private Path share;
  private Path file;

  @BeforeEach
  void begin() throws IOException {
    folder = folder.toRealPath();
    share = folder("share");
    file = Files.writeString(share.resolve("rules.yaml"), "mine");
    mode(file, "rw-r--r--");
  }

  private Path folder(String name) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    mode(made, "rwxr-xr-x");
    return made;
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void give(Path path) throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "takes root");
    Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
  }

  private static String nobody(Path path) throws IOException {
    return "user " + Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName() + " owns " + path;
  }

  private static String text(Path file) throws IOException, RefusedException {
    return new String(read(file), UTF_8);
  }

  private static byte[] read(Path file) throws IOException, RefusedException {
    return FileWriters.readByWalk(file, 100, SyntheticOwners.ofThisSystem(RulesShare.CHECKED));
  }

  @Test
  void readsWhatNobodyElseMayChange() throws Exception {
    assertThat(text(file)).isEqualTo("mine");
    Path hidden = folder("hidden");
    Files.createSymbolicLink(hidden.resolve("up"), Path.of("../share"));
    assertThat(text(hidden.resolve("up/../share/./rules.yaml"))).isEqualTo("mine");
    assertThat(FileWriters.posix(file)).isEmpty();
  }

  @Test
  void namesWhatOthersMayChange() throws Exception {
    mode(file, "rw-rw-r--");
    assertThat(FileWriters.posix(file))
        .contains("other users can modify " + file + ", run: chmod go-w " + file);
    mode(file, "rw-r--r--");
    for (String mode : new String[] {"rwxrwxrwx", "rwxrwxr-x", "rwxr-xrwx"}) {
      mode(share, mode);
      assertThat(FileWriters.posix(file))
          .contains("other users can modify " + share + ", run: chmod go-w " + share);
    }
    assertThatThrownBy(() -> read(file)).isInstanceOf(RefusedException.class);
  }

  @Test
  void namesWhoOwnsIt() throws Exception {
    give(file);
    assertThat(FileWriters.posix(file)).contains(nobody(file));
    Path middle = folder("middle");
    Path link = Files.createSymbolicLink(middle.resolve("link"), share);
    give(link);
    assertThat(FileWriters.posix(link.resolve("rules.yaml"))).contains(nobody(link));
  }

  /** Of a link to a link, the folder of the second one counts as well. */
  @Test
  void judgesTheFolderOfEachLinkInTheMiddle() throws Exception {
    Path open = folder("open");
    Path second = Files.createSymbolicLink(open.resolve("second"), share);
    Path first = Files.createSymbolicLink(folder.resolve("first"), second);
    Path asked = first.resolve("rules.yaml");
    assertThat(text(asked)).isEqualTo("mine");
    mode(open, "rwxrwxrwx");
    assertThat(FileWriters.posix(asked))
        .contains("other users can modify " + open + ", run: chmod go-w " + open);
    assertThatThrownBy(() -> read(asked)).isInstanceOf(RefusedException.class);
  }

  /** What was judged is what is read, also if the path leads elsewhere by then. */
  @Test
  void readsFromTheFolderThatItChecked() throws Exception {
    try (PathWalk way = PathWalk.to(file, SyntheticOwners.ofThisSystem(RulesShare.CHECKED))) {
      assertThat(way.others()).isEmpty();
      Files.move(share, folder.resolve("moved"));
      Files.writeString(folder("share").resolve("rules.yaml"), "another");
      try (var in = java.nio.channels.Channels.newInputStream(way.open())) {
        assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("mine");
      }
    }
  }

  @Test
  void followsNoLinkThatTookThePlaceOfTheFile() throws Exception {
    try (PathWalk way = PathWalk.to(file, SyntheticOwners.ofThisSystem(RulesShare.CHECKED))) {
      Files.delete(file);
      Files.createSymbolicLink(file, Path.of("/etc/hostname"));
      assertThatThrownBy(way::open).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFolderForAllIsSafeIfItIsSticky() throws Exception {
    Path all = folder("all");
    Path mine = Files.writeString(all.resolve("rules.yaml"), "mine");
    mode(mine, "rw-r--r--");
    Files.setAttribute(all, "unix:mode", 01777 | 0040000);
    assertThat(text(mine)).isEqualTo("mine");
    Files.setAttribute(all, "unix:mode", 0777 | 0040000);
    assertThat(FileWriters.posix(mine)).isPresent();
  }

  @Test
  void saysWhatIsNoFile() throws Exception {
    assertThatThrownBy(() -> read(share.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> read(share)).hasMessageContaining("it is a folder");
    assertThatThrownBy(() -> read(Path.of("/"))).hasMessageContaining("it is a folder");
    assertThatThrownBy(() -> read(file.resolve("x"))).isInstanceOf(FileSystemException.class);
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    assertThatThrownBy(() -> read(loop)).isInstanceOf(FileSystemException.class);
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> read(pipe)).hasMessageContaining("it is a pipe or a device");
  }

  /** A Windows share shows root as the owner of everything. */
  @Test
  void aFileSystemThatInventsOwnersIsRefusedOrVouchedFor() throws Exception {
    for (String type : new String[] {"cifs", "9p", "fuse.sshfs", "vfat", "ntfs3", "drvfs"}) {
      SyntheticOwners.Types types = place -> place.startsWith(share) ? type : "ext4";
      SyntheticOwners checked = new SyntheticOwners(RulesShare.CHECKED, types);
      assertThatThrownBy(() -> FileWriters.readByWalk(file, 100, checked))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              share
                  + " is on a file system ("
                  + type
                  + ") that does not record who can modify its files");
      SyntheticOwners trusted = new SyntheticOwners(RulesShare.TRUSTED, types);
      mode(file, "rw-rw-rw-");
      assertThat(FileWriters.readByWalk(file, 100, trusted)).asString(UTF_8).isEqualTo("mine");
      mode(folder, "rwxrwxrwx"); // the mount point is no part of the share
      assertThatThrownBy(() -> FileWriters.readByWalk(file, 100, trusted))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith("other users can modify " + folder);
      mode(folder, "rwxr-xr-x");
      mode(file, "rw-r--r--");
    }
    SyntheticOwners ofHere = SyntheticOwners.ofThisSystem(RulesShare.TRUSTED);
    assertThat(ofHere.problem(Path.of("/proc/self/status"))).isEqualTo(Optional.empty());
    assertThat(ofHere.isVouchedFor(share)).isFalse();
  }

  /** The share is vouched for, and who can modify a link to it is not. */
  @Test
  void checksALinkToAShareWhereItLies() throws Exception {
    Path link = Files.createSymbolicLink(folder("links").resolve("link"), share);
    SyntheticOwners trusted =
        new SyntheticOwners(
            RulesShare.TRUSTED,
            place -> place.toRealPath().startsWith(share) ? "cifs" : "ext4"); // as the system does
    Path asked = link.resolve("rules.yaml");
    assertThat(FileWriters.readByWalk(asked, 100, trusted)).asString(UTF_8).isEqualTo("mine");
    give(link);
    assertThatThrownBy(() -> FileWriters.readByWalk(asked, 100, trusted))
        .isInstanceOf(RefusedException.class)
        .hasMessage(nobody(link));
  }

  /** Folders that may be entered and not listed, as /home often is. Root may list them all. */
  @Test
  void goesThroughFoldersThatItMayNotList() throws Exception {
    mode(share, "--x--x--x");
    assertThat(text(file)).isEqualTo("mine");
    mode(share, "rwxr-xr-x");
  }
}
