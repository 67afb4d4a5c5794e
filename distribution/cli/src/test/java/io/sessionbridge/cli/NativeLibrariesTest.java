package io.sessionbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
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

  private Properties properties(String... more) {
    Properties system = new Properties();
    system.put("os.name", "Windows 11");
    system.put("os.arch", "amd64");
    system.put("sessionbridge.home", home + "/.");
    system.put("java.library.path", "of Java");
    for (int i = 0; i < more.length; i += 2) {
      system.put(more[i], more[i + 1]);
    }
    return system;
  }

  @Test
  void areUsedWhereNobodyGaveTheOptions() throws Exception {
    file("com/sun/jna/win32-x86-64/jnidispatch.dll");
    file("win/amd64/libzstd-jni-1.2.3.dll");
    file("org/xerial/snappy/native/Windows/x86_64/snappyjava.dll");
    Path root = home.resolve("lib/native");
    Properties system = properties();
    NativeLibraries.use(system);
    Properties expected =
        properties(
            "jna.boot.library.path", root.resolve("com/sun/jna/win32-x86-64").toString(),
            "jna.nounpack", "true",
            "ZstdNativePath", root.resolve("win/amd64/libzstd-jni-1.2.3.dll").toString(),
            "org.xerial.snappy.lib.path",
                root.resolve("org/xerial/snappy/native/Windows/x86_64").toString(),
            "org.xerial.snappy.lib.name", "snappyjava.dll");
    assertThat(system).isEqualTo(expected);
  }

  @Test
  void nothingIsUnpackedWhereOneIsMissing() {
    assertThatThrownBy(() -> NativeLibraries.use(properties()))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("missing native library jnidispatch.dll in ");
  }

  @Test
  void aJavaWithTheOptionsOrWithoutABundleOrOnLinuxStaysAsItIs() throws Exception {
    Properties given = properties("jna.boot.library.path", "own");
    NativeLibraries.use(given);
    assertThat(given).isEqualTo(properties("jna.boot.library.path", "own"));
    Properties linux = properties("os.name", "Linux");
    NativeLibraries.use(linux);
    assertThat(linux).isEqualTo(properties("os.name", "Linux"));
    Properties none = new Properties();
    none.put("os.name", "Windows 11");
    NativeLibraries.use(none);
    assertThat(none).containsExactlyEntriesOf(Map.of("os.name", "Windows 11"));
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
