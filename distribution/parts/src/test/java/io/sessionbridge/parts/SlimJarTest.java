package io.sessionbridge.parts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlimJarTest {

  @TempDir private Path folder;

  private Path jar(String... names) throws IOException {
    Path file = folder.resolve("in.jar");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  private static List<String> names(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void leavesOutWhatNoLinuxOfOursCanLoad() throws Exception {
    Path jar =
        jar(
            "a/B.class",
            "linux/amd64/libzstd-jni-1.5.6-10.so",
            "linux/i386/libzstd-jni-1.5.6-10.so",
            "win/amd64/libzstd-jni-1.5.6-10.dll",
            "darwin/aarch64/libzstd-jni-1.5.6-10.dylib",
            "com/sun/jna/linux-aarch64/libjnidispatch.so",
            "com/sun/jna/aix-ppc/libjnidispatch.a",
            "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so",
            "org/xerial/snappy/native/Linux/x86_64-musl/libsnappyjava.so");
    Path slim = folder.resolve("out.jar");

    SlimJar.copy(jar, slim, SlimJar.For.LINUX);

    assertThat(names(slim))
        .containsExactly(
            "a/B.class",
            "linux/amd64/libzstd-jni-1.5.6-10.so",
            "com/sun/jna/linux-aarch64/libjnidispatch.so",
            "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so");
    Path again = folder.resolve("again.jar");
    SlimJar.copy(jar, again, SlimJar.For.LINUX);
    assertThat(again).hasSameBinaryContentAs(slim);
  }

  @Test
  void theArchivesKeepWhatLinuxAndWindowsLoad() throws Exception {
    Path jar =
        jar(
            "linux/amd64/libzstd-jni-1.5.6-10.so",
            "win/amd64/libzstd-jni-1.5.6-10.dll",
            "win/x86/libzstd-jni-1.5.6-10.dll",
            "com/sun/jna/win32-aarch64/jnidispatch.dll",
            "com/sun/jna/darwin-aarch64/libjnidispatch.jnilib",
            "org/xerial/snappy/native/Windows/x86_64/snappyjava.dll",
            "net/jpountz/util/windows/amd64/liblz4-java.dll",
            "net/jpountz/util/linux/s390x/liblz4-java.so");
    Path slim = folder.resolve("out.jar");

    SlimJar.copy(jar, slim, SlimJar.For.LINUX_AND_WINDOWS);

    assertThat(names(slim))
        .containsExactly(
            "linux/amd64/libzstd-jni-1.5.6-10.so",
            "win/amd64/libzstd-jni-1.5.6-10.dll",
            "com/sun/jna/win32-aarch64/jnidispatch.dll",
            "org/xerial/snappy/native/Windows/x86_64/snappyjava.dll",
            "net/jpountz/util/windows/amd64/liblz4-java.dll");
  }

  @Test
  void copiesAJarInWhichNothingIsLeftOut() throws Exception {
    Path jar = jar("META-INF/X.RSA", "a/B.class");
    Path copy = folder.resolve("out.jar");

    SlimJar.copy(jar, copy, SlimJar.For.LINUX);

    assertThat(copy).hasSameBinaryContentAs(jar);
  }

  @Test
  void changesNoSignedJar() throws Exception {
    Path jar = jar("META-INF/X.RSA", "win/amd64/a.dll");

    assertThatThrownBy(() -> SlimJar.copy(jar, folder.resolve("out.jar"), SlimJar.For.LINUX))
        .hasMessage("in.jar is signed, so the native code in it cannot be left out");
  }

  @Test
  void ownJarsDoNotDependOnWhenAndWhereTheyWereMade() throws Exception {
    Path jar = folder.resolve("sessionbridge-x.jar");
    Path first = folder.resolve("first.jar");
    Path second = folder.resolve("second.jar");
    Files.move(jar("a/B.class"), jar);
    SlimJar.copy(jar, first, SlimJar.For.LINUX);
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      ZipEntry entry = new ZipEntry("a/B.class");
      entry.setTime(1_000_000_000_000L);
      entry.setComment("of another build");
      zip.putNextEntry(entry);
      zip.write("a/B.class".getBytes(UTF_8));
    }

    SlimJar.copy(jar, second, SlimJar.For.LINUX);

    assertThat(second).hasSameBinaryContentAs(first);
  }
}
