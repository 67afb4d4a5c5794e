package io.sessionbridge.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ArchiveListTest {

  @TempDir private Path folder;

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the modes of files are those of Linux")
  void aTarIsListedWithModesLinksAndEmptyFolders() throws Exception {
    String make =
        "mkdir -p top-1/lib top-1/bin top-1/empty"
            + " && touch top-1/lib/a-1.2-SNAPSHOT.jar top-1/bin/run top-1/own"
            + " && ln -s bin/run top-1/link"
            + " && chmod 644 top-1/lib/* top-1/own && chmod 755 top-1/bin/run top-1/empty"
            + " && tar --owner=0 --group=0 -czf a.tar.gz top-1/lib top-1/bin top-1/empty top-1/link"
            + " && tar --owner=7 --group=7 -cf b.tar top-1/own && tar --owner=0 --group=0 -rf b.tar"
            + " top-1/bin/run";
    Process shell =
        new ProcessBuilder("sh", "-c", make).directory(folder.toFile()).inheritIO().start();
    assertThat(shell.waitFor()).isZero();

    assertThat(ArchiveList.of(folder.resolve("a.tar.gz")))
        .containsExactly(
            "-rw-r--r-- lib/a.jar",
            "-rwxr-xr-x bin/run",
            "drwxr-xr-x empty/",
            "lrwxrwxrwx link -> bin/run");
    assertThat(ArchiveList.of(folder.resolve("b.tar")))
        .containsExactly("-rw-r--r-- 7/7 own", "-rwxr-xr-x bin/run");
  }

  @Test
  void aZipIsListedWithEmptyFolders() throws Exception {
    Path zip = folder.resolve("a.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (String name : new String[] {"etc/", "etc/a-1.jar", "empty/", "b"}) {
        out.putNextEntry(new ZipEntry(name));
      }
    }

    assertThat(ArchiveList.of(zip).stream().map(line -> line.substring(line.indexOf(' ') + 1)))
        .containsExactlyInAnyOrder("b", "empty/", "etc/a.jar");
  }

  @Test
  void jarsLoseTheirVersionsAlone() {
    assertThat(ArchiveList.withoutVersion("lib/zstd-jni-1.5.6-10.jar"))
        .isEqualTo("lib/zstd-jni.jar");
    assertThat(ArchiveList.withoutVersion("lib/kafka_2.13-4.3.1.jar"))
        .isEqualTo("lib/kafka_2.13.jar");
    assertThat(ArchiveList.withoutVersion("lib/h2-mvstore-2.1.212.jar"))
        .isEqualTo("lib/h2-mvstore.jar");
    assertThat(ArchiveList.withoutVersion("epoll-4.1.93.Final-linux-x86_64.jar"))
        .isEqualTo("epoll-linux-x86_64.jar");
    assertThat(ArchiveList.withoutVersion("sessionbridge-cli-0.1.0-SNAPSHOT.jar"))
        .isEqualTo("sessionbridge-cli.jar");
    assertThat(ArchiveList.withoutVersion("native/messages-2.dll"))
        .isEqualTo("native/messages-2.dll");
  }
}
