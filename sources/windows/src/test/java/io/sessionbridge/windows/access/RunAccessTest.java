package io.sessionbridge.windows.access;

import static io.sessionbridge.windows.access.TestingFileSecurity.AUTHENTICATED;
import static io.sessionbridge.windows.access.TestingFileSecurity.KIM;
import static io.sessionbridge.windows.access.TestingFileSecurity.MAKE_FILES;
import static io.sessionbridge.windows.access.TestingFileSecurity.MAKE_FOLDERS;
import static io.sessionbridge.windows.access.TestingFileSecurity.MODIFY;
import static io.sessionbridge.windows.access.TestingFileSecurity.READ;
import static io.sessionbridge.windows.access.TestingFileSecurity.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunAccessTest {

  private static final Path HOME = Path.of("/Program Files/SessionBridge");
  private static final String KEEP =
      ", and so control the system; keep the program, Java and the configuration below"
          + " C:/Program Files, or remove the permission: ";

  private final TestingFileSecurity files = new TestingFileSecurity();
  private final RunAccess access = new RunAccess(files);

  RunAccessTest() {
    files.closedFolder("/Program Files/SessionBridge");
    files.closedFolder("/Program Files/SessionBridge/lib");
    files.closedFile("/Program Files/SessionBridge/lib/cli.jar");
    files.closedFolder("/Program Files/SessionBridge/plugins");
  }

  private Optional<String> others(Path... runs) throws IOException {
    return access.others(List.of(runs), Set.of()).map(TestingFileSecurity::slashed);
  }

  private static String takeAway(String path, String sids) {
    String call = "icacls \"" + path + "\" ";
    String options = path.endsWith("tools") ? " /l /q" : " /t /l /q";
    return call
        + ("/setowner *S-1-5-32-544" + options + " && ")
        + (call + "/inheritance:d" + options + " && ")
        + (call + "/remove:g " + sids + options);
  }

  @Test
  void findsNothingBelowProgramFiles() throws Exception {
    assertThat(others(HOME, HOME.resolve("conf/missing.yaml"))).isEmpty();
  }

  @Test
  void findsASingleJar() throws Exception {
    files.file("/Program Files/SessionBridge/lib/cli.jar", SYSTEM, AUTHENTICATED, MODIFY);
    assertThat(others(HOME))
        .contains(
            "NT AUTHORITY/Authenticated Users can modify /Program"
                + " Files/SessionBridge/lib/cli.jar"
                + KEEP
                + takeAway("/Program Files/SessionBridge", "*S-1-5-11"));
  }

  @Test
  void findsAnOwner() throws Exception {
    files.folder("/Program Files/SessionBridge/plugins", KIM, SYSTEM, READ);
    assertThat(others(HOME).orElseThrow())
        .startsWith("HOST/kim can modify /Program Files/SessionBridge/plugins, and so");
  }

  @Test
  void findsAFolderAbove() throws Exception {
    files.folder("/tools", SYSTEM, AUTHENTICATED, MODIFY);
    files.closedFolder("/tools/java");
    files.closedFile("/tools/java/jvm.dll");
    assertThat(others(HOME, Path.of("/tools/java")))
        .contains(
            "NT AUTHORITY/Authenticated Users can modify /tools"
                + KEEP
                + takeAway("/tools", "*S-1-5-11"));
  }

  @Test
  void walksAFolderThatIsAboveAnother() throws Exception {
    files.closedFolder("/java");
    files.closedFolder("/java/sb");
    files.file("/java/jvm.dll", KIM, SYSTEM, READ);
    assertThat(others(Path.of("/java/sb"), Path.of("/java")).orElseThrow())
        .startsWith("HOST/kim can modify /java/jvm.dll, and");
  }

  @Test
  void findsWhatALinkLeadsTo() throws Exception {
    files.link("/Program Files/java", "/jdk-17");
    files.closedFolder("/jdk-17");
    assertThat(others(Path.of("/Program Files/java"))).isEmpty();
    files.file("/jdk-17/jvm.dll", KIM, SYSTEM, READ);
    assertThat(others(Path.of("/Program Files/java")).orElseThrow())
        .startsWith("HOST/kim can modify /jdk-17/jvm.dll, and");
  }

  @Test
  void followsAChainOfLinksOnce() throws Exception {
    files.link("/Program Files/java", "/jdk-17");
    files.closedFolder("/jdk-17");
    files.link("/jdk-17/legal", "/legal");
    files.link("/jdk-17/loop", "/jdk-17");
    files.folder("/legal", SYSTEM, AUTHENTICATED, MODIFY);
    assertThat(others(Path.of("/Program Files/java")).orElseThrow())
        .startsWith("NT AUTHORITY/Authenticated Users can modify /legal, and so");
  }

  /** Changing a folder with links changes the final target. */
  @Test
  void checksTheFoldersBetweenTwoLinks() throws Exception {
    files.link("/Program Files/java", "/pub/current");
    files.closedFolder("/pub");
    files.link("/pub/current", "/jdk-17");
    files.closedFolder("/jdk-17");
    assertThat(others(Path.of("/Program Files/java"))).isEmpty();
    files.folder("/pub", SYSTEM, KIM, MODIFY);
    assertThat(others(Path.of("/Program Files/java")).orElseThrow())
        .startsWith("HOST/kim can modify /pub, and so");
  }

  /** Of a folder that a link leads to, only the rest of the way matters. */
  @Test
  void judgesTheWayBeyondALinkedFolderAndNothingElseThere() throws Exception {
    files.link("/Program Files/java", "/jdk-17");
    files.closedFolder("/jdk-17");
    files.closedFolder("/jdk-17/bin");
    Path program = Path.of("/Program Files/java/bin/java.exe");
    files.closedFile("/jdk-17/bin/java.exe");
    files.file("/jdk-17/notes.txt", KIM, SYSTEM, READ);
    assertThat(access.othersOf(program)).isEmpty();
    assertThat(access.othersOfProgram(program)).isEmpty();
    files.folder("/jdk-17/bin", SYSTEM, KIM, MODIFY);
    assertThat(access.othersOf(program).map(TestingFileSecurity::slashed))
        .contains("HOST/kim can modify /jdk-17/bin");
    files.closedFolder("/jdk-17/bin");
    files.file("/jdk-17/bin/java.exe", SYSTEM, KIM, MODIFY);
    assertThat(access.othersOf(program).map(TestingFileSecurity::slashed))
        .contains("HOST/kim can modify /jdk-17/bin/java.exe");
  }

  @Test
  void judgesLinkedFoldersOneAfterAnother() throws Exception {
    files.link("/Program Files/java", "/pub/current");
    files.closedFolder("/pub");
    files.link("/pub/current", "/jdk-17");
    files.closedFolder("/jdk-17");
    files.closedFile("/jdk-17/java.exe");
    Path program = Path.of("/Program Files/java/java.exe");
    assertThat(access.othersOf(program)).isEmpty();
    files.folder("/pub", SYSTEM, KIM, MODIFY);
    assertThat(access.othersOf(program).map(TestingFileSecurity::slashed))
        .contains("HOST/kim can modify /pub");
  }

  @Test
  void refusesLinkedFoldersWithoutAnEnd() {
    files.link("/Program Files/a", "/Program Files/b");
    files.link("/Program Files/b", "/Program Files/a");
    assertThatThrownBy(() -> access.othersOf(Path.of("/Program Files/a/java.exe")))
        .isInstanceOf(FileSystemLoopException.class);
  }

  /** Every user may make folders below {@code C:\\ProgramData}, and so a missing one. */
  @Test
  void findsWhoCanCreateAMissingFolder() throws Exception {
    Path site = files.folder("/ProgramData/Site", SYSTEM, AUTHENTICATED, MAKE_FOLDERS);
    Path file = files.closedFile("/ProgramData/Site/sb.yaml");
    files.file("/ProgramData/Site/notes.txt", KIM, SYSTEM, READ);
    assertThat(others(file)).isEmpty();
    assertThat(
            access.others(List.of(file), Set.of(), Set.of(site)).map(TestingFileSecurity::slashed))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("NT AUTHORITY/Authenticated Users can modify /ProgramData/Site,")
                    .endsWith("/remove:g *S-1-5-11 /l /q")
                    .doesNotContain("notes.txt", " /t"));
  }

  @Test
  void acceptsAMissingFolderThatOnlyAdministratorsCanCreate() throws Exception {
    Path site = files.folder("/ProgramData/Site", SYSTEM, AUTHENTICATED, READ);
    Path file = files.closedFile("/ProgramData/Site/sb.yaml");
    assertThat(access.others(List.of(file), Set.of(), Set.of(site))).isEmpty();
  }

  @Test
  void findsWhoCanCreateAMissingFolderBelowALink() throws Exception {
    Path site = files.link("/ProgramData/Site", "/sites/a");
    files.folder("/sites/a", SYSTEM, AUTHENTICATED, MAKE_FOLDERS);
    assertThat(access.others(List.of(), Set.of(), Set.of(site)))
        .hasValueSatisfying(text -> assertThat(text).contains("Authenticated Users can modify"));
  }

  /** A library beside a program is loaded before that of the system. */
  @Test
  void findsWhoCanAddALibraryNextToAProgram() throws Exception {
    files.folder("/ProgramData/it", SYSTEM, AUTHENTICATED, MAKE_FILES);
    Path program = files.closedFile("/ProgramData/it/apply.exe");
    assertThat(access.othersOf(program)).isEmpty();
    assertThat(access.othersOfProgram(program).map(TestingFileSecurity::slashed))
        .contains("NT AUTHORITY/Authenticated Users can modify /ProgramData/it");
    files.closedFolder("/ProgramData/it");
    assertThat(access.othersOfProgram(program)).isEmpty();
  }

  @Test
  void findsWhoCanAddALibraryNextToALinkTarget() throws Exception {
    files.folder("/ProgramData/it", SYSTEM, AUTHENTICATED, MAKE_FILES);
    files.closedFile("/ProgramData/it/apply.exe");
    Path link = files.link("/Program Files/apply.exe", "/ProgramData/it/apply.exe");
    assertThat(access.othersOfProgram(link).map(TestingFileSecurity::slashed))
        .contains("NT AUTHORITY/Authenticated Users can modify /ProgramData/it");
  }

  @Test
  void skipsTheData() throws Exception {
    files.folder("/Program Files/SessionBridge/data", KIM, SYSTEM, READ);
    assertThat(access.others(List.of(HOME), Set.of(HOME.resolve("data")))).isEmpty();
  }

  @Test
  void groupsThoseWhoMayChangeManyFiles() throws Exception {
    for (int i = 0; i < 5; i++) {
      files.file("/Program Files/SessionBridge/lib/" + i, SYSTEM, AUTHENTICATED, MODIFY);
    }
    files.file("/Program Files/SessionBridge/plugins/p.jar", KIM, SYSTEM, READ);
    assertThat(others(HOME).orElseThrow())
        .startsWith(
            "NT AUTHORITY/Authenticated Users can modify /Program Files/SessionBridge/lib/0,"
                + " /Program Files/SessionBridge/lib/1, /Program Files/SessionBridge/lib/2 and 2"
                + " more; HOST/kim can modify /Program Files/SessionBridge/plugins/p.jar, and so")
        .endsWith(takeAway("/Program Files/SessionBridge", "*S-1-5-11 *S-1-5-21-1-2-3-1001"));
  }
}
