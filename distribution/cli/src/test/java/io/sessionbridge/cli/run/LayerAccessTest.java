package io.sessionbridge.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LayerAccessTest {

  private static final int SOMEBODY = 12_345;

  @TempDir private Path folder;
  private Path layers;
  private Path layer;

  @BeforeEach
  void write() throws IOException {
    layers = Files.createDirectory(folder.resolve("conf.d"));
    layer = Files.writeString(layers.resolve("a.yaml"), "heartbeat: 20m\n");
    mode(layers, "rwxr-xr-x");
    mode(layer, "rw-r--r--");
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  @Test
  void takesWhatTheAgentsUserAloneMayWrite() throws Exception {
    assertThat(LayerAccess.posix(layers)).isEmpty();
    assertThat(LayerAccess.posix(layer)).isEmpty();
  }

  @Test
  void refusesWhatAGroupOrAllMayWrite() throws Exception {
    mode(layers, "rwxrwxr-x");
    mode(layer, "rw-r--rw-");
    assertThat(LayerAccess.posix(layers))
        .contains(
            "is refused: other users can modify what the agent runs, run: chmod go-w " + layers);
    assertThat(LayerAccess.posix(layer))
        .contains(
            "is refused: other users can modify what the agent runs, run: chmod go-w " + layer);
  }

  @Test
  void rootMayCheckForAnAgentOfAnotherUser() throws Exception {
    assumeTrue(owner(layers) == 0);
    Files.setAttribute(layers, "unix:uid", SOMEBODY);
    assertThat(LayerAccess.ofConsole().problem(layers)).isPresent();
    assertThat(LayerAccess.ofCheck().problem(layers)).isEmpty();
    mode(layers, "rwxrwxr-x");
    assertThat(LayerAccess.ofCheck().problem(layers)).isPresent();
  }

  /** Everybody may make files in it. */
  @Test
  void refusesAFolderLikeTmp() throws Exception {
    Files.setAttribute(layers, "unix:mode", 01777);
    assertThat(LayerAccess.posix(layers)).isPresent();
  }

  @Test
  void refusesWhatSomebodyElseOwns() throws Exception {
    int self = owner(layers);
    if (self == 0) {
      Files.setAttribute(layers, "unix:uid", SOMEBODY);
      self = SOMEBODY + 1;
    }
    int owner = owner(layers);
    assertThat(LayerAccess.posix(layers, self + 1))
        .contains(
            "is refused: user "
                + owner
                + " owns "
                + layers
                + " and could change what the agent runs; give it to root");
    assertThat(LayerAccess.posix(layers, owner)).isEmpty();
  }

  @Test
  void judgesWhatALinkLeadsToAndItsFolders() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Path real = Files.writeString(open.resolve("b.yaml"), "heartbeat: 30m\n");
    mode(real, "rw-r--r--");
    mode(open, "rwxr-xr-x");
    Path link = Files.createSymbolicLink(layers.resolve("b.yaml"), real);
    assertThat(LayerAccess.posix(link)).isEmpty();
    mode(open, "rwxrwxrwx");
    assertThat(LayerAccess.posix(link).orElseThrow()).endsWith("chmod go-w " + open.toRealPath());
    mode(open, "rwxr-xr-x");
    mode(real, "rw-rw-rw-");
    assertThat(LayerAccess.posix(link).orElseThrow()).endsWith("chmod go-w " + real.toRealPath());
  }
}
