package io.sessionbridge.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {

  @TempDir Path home;

  private void file(String path) throws IOException {
    Path file = home.resolve("lib/native").resolve(path);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }

  @Test
  void areLoadedFromBesideTheJars() throws Exception {
    file("com/sun/jna/win32-x86-64/jnidispatch.dll");
    file("win/amd64/libzstd-jni-1.2.3.dll");
    file("org/xerial/snappy/native/Windows/x86_64/snappyjava.dll");
    Path root = home.resolve("lib/native");
    assertThat(new NativeLibraries(home, "amd64").options())
        .containsExactly(
            "-Djna.boot.library.path=" + root.resolve("com/sun/jna/win32-x86-64"),
            "-Djna.nounpack=true",
            "-DZstdNativePath=" + root.resolve("win/amd64/libzstd-jni-1.2.3.dll"),
            "-Dorg.xerial.snappy.lib.path="
                + root.resolve("org/xerial/snappy/native/Windows/x86_64"),
            "-Dorg.xerial.snappy.lib.name=snappyjava.dll",
            "-Djava.library.path=" + root.resolve("net/jpountz/util/windows/amd64"));
  }

  @Test
  void saysWhichIsMissing() {
    assertThatThrownBy(() -> new NativeLibraries(home, "aarch64").options())
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "missing native library jnidispatch.dll in "
                + home.resolve("lib/native/com/sun/jna/win32-aarch64")
                + "; unpack the bundle again");
  }
}
