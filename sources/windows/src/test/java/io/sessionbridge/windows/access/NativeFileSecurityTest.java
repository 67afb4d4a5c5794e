package io.sessionbridge.windows.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.WINDOWS)
class NativeFileSecurityTest {

  private static final String EVERYONE = "S-1-1-0";

  @TempDir Path root;
  private final NativeFileSecurity files = new NativeFileSecurity();

  @Test
  void createsAFolderWithItsAccessListFromTheStart() throws Exception {
    Path folder = root.resolve("größer");
    assertThat(files.look(folder)).isEmpty();
    assertThat(files.create(folder)).isTrue();
    assertThat(files.create(folder)).isFalse();
    FileFacts facts = files.look(folder).orElseThrow();
    assertThat(facts.folder()).isTrue();
    assertThat(facts.link()).isFalse();
    assertThat(facts.security().others(Rights.ANY)).doesNotContain(EVERYONE);
    Files.writeString(folder.resolve("file"), "the service can write");
  }

  @Test
  void takesOverAFolderWithItsContent() throws Exception {
    Path folder = Files.createDirectory(root.resolve("data"));
    Path file = Files.writeString(Files.createDirectory(folder.resolve("log")).resolve("1"), "x");
    files.own(folder);
    for (Path path : new Path[] {folder, file.getParent(), file}) {
      FileFacts facts = files.look(path).orElseThrow();
      assertThat(facts.security().others(Rights.ANY)).doesNotContain(EVERYONE);
    }
    assertThat(files.look(file).orElseThrow().folder()).isFalse();
    assertThat(Files.readString(file)).isEqualTo("x");
  }

  @Test
  void aFileThatIsNoLinkLeadsNowhere() throws Exception {
    assertThat(files.step(Files.writeString(root.resolve("file"), "x"))).isEmpty();
  }

  /** Where mklink makes one, which Wine may not. */
  @Test
  void readsWhereAJunctionLeads() throws Exception {
    Path target = Files.createDirectory(root.resolve("größer"));
    Path junction = root.resolve("junction");
    Process made =
        new ProcessBuilder("cmd.exe", "/c", "mklink", "/j", junction.toString(), target.toString())
            .inheritIO()
            .start();
    assumeTrue(made.waitFor() == 0 && files.look(junction).isPresent(), "mklink /j");
    assumeTrue(files.look(junction).orElseThrow().link(), "a junction is a reparse point");
    assertThat(files.step(junction)).contains(target);
  }

  @Test
  void namesAccounts() {
    assertThat(files.name("S-1-5-32-545")).contains("\\");
  }
}
