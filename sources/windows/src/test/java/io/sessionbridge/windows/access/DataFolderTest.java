package io.sessionbridge.windows.access;

import static io.sessionbridge.windows.access.TestingFileSecurity.ADMINISTRATORS;
import static io.sessionbridge.windows.access.TestingFileSecurity.AUTHENTICATED;
import static io.sessionbridge.windows.access.TestingFileSecurity.KIM;
import static io.sessionbridge.windows.access.TestingFileSecurity.MODIFY;
import static io.sessionbridge.windows.access.TestingFileSecurity.READ;
import static io.sessionbridge.windows.access.TestingFileSecurity.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.windows.access.DataFolder.Readers;
import io.sessionbridge.windows.access.DataFolder.Unsafe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DataFolderTest {

  private static final Path DATA = Path.of("/ProgramData/SessionBridge");
  private static final String CLOSE =
      "; set data_dir to a new folder, or, if everything in it is yours, stop the service and"
          + " run:"
          + " icacls \"/ProgramData/SessionBridge\" /setowner *S-1-5-32-544 /t /l /q && icacls"
          + " \"/ProgramData/SessionBridge\" /reset /t /l /q && icacls"
          + " \"/ProgramData/SessionBridge\" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F"
          + " *S-1-5-32-544:(OI)(CI)F";

  private static final Set<String> OWN = Set.of("journal", "log");

  private final TestingFileSecurity files = new TestingFileSecurity();
  private final List<String> reported = new ArrayList<>();

  private void report(String sentence) {
    reported.add(TestingFileSecurity.slashed(sentence));
  }

  private void secure(Readers readers) throws AccessException, IOException {
    new DataFolder(files, OWN, Unsafe.REFUSED, this::report).secure(DATA, readers);
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> secure(Readers.KEEP))
        .isInstanceOf(AccessException.class)
        .extracting(refusal -> TestingFileSecurity.slashed(refusal.getMessage()))
        .isEqualTo("data_dir /ProgramData/SessionBridge is refused: " + why);
    assertThat(files.created).isEmpty();
  }

  @Test
  void createsAMissingFolderAndItsParentsWithTheAccessList() throws Exception {
    new DataFolder(files, OWN, Unsafe.REFUSED, this::report)
        .secure(Path.of("/ProgramData/a/data"), Readers.KEEP);
    assertThat(files.created)
        .containsExactly(Path.of("/ProgramData/a"), Path.of("/ProgramData/a/data"));
    assertThat(files.owned).isEmpty();
    assertThat(reported)
        .containsExactly(
            "only SYSTEM and administrators may open /ProgramData/a/data, which is new");
  }

  @Test
  void leavesASafeFolderUnchanged() throws Exception {
    files.closedFolder("/ProgramData/SessionBridge");
    files.closedFolder("/ProgramData/SessionBridge/whatever");
    secure(Readers.SHUT_OUT);
    assertThat(reported).isEmpty();
    assertThat(files.owned).isEmpty();
  }

  @Test
  void takesOverAnOwnFolderWithAnotherOwner() throws Exception {
    files.folder("/ProgramData/SessionBridge", KIM, SYSTEM, READ);
    files.folder("/ProgramData/SessionBridge/journal", KIM, SYSTEM, READ);
    files.file("/ProgramData/SessionBridge/events.jsonl", SYSTEM, SYSTEM, READ);
    secure(Readers.KEEP);
    assertThat(files.owned).containsExactly(DATA);
    assertThat(reported)
        .containsExactly(
            "HOST/kim can modify /ProgramData/SessionBridge, /ProgramData/SessionBridge/journal;"
                + " /ProgramData/SessionBridge was taken over: it belongs to administrators, and"
                + " only they and SYSTEM may open it");
  }

  @Test
  void takesOverIfOthersCanChangeAChild() throws Exception {
    files.closedFolder("/ProgramData/SessionBridge");
    files.closedFolder("/ProgramData/SessionBridge/journal");
    files.file("/ProgramData/SessionBridge/journal/1", ADMINISTRATORS, AUTHENTICATED, MODIFY);
    secure(Readers.KEEP);
    assertThat(files.owned).containsExactly(DATA);
  }

  @Test
  void removesReadersOnlyAtTheInstallation() throws Exception {
    files.folder("/ProgramData/SessionBridge", ADMINISTRATORS, AUTHENTICATED, READ);
    files.closedFolder("/ProgramData/SessionBridge/log");
    secure(Readers.KEEP);
    assertThat(files.owned).isEmpty();
    secure(Readers.SHUT_OUT);
    assertThat(files.owned).containsExactly(DATA);
    assertThat(reported)
        .singleElement()
        .asString()
        .startsWith("/ProgramData/SessionBridge was taken");
  }

  @Test
  void takesOverAnEmptyFolder() throws Exception {
    files.folder("/ProgramData/SessionBridge", KIM, AUTHENTICATED, MODIFY);
    secure(Readers.KEEP);
    assertThat(files.owned).containsExactly(DATA);
  }

  @Test
  void refusesAFolderWithOtherContentAndPrintsTheFix() {
    files.folder("/ProgramData/SessionBridge", KIM, SYSTEM, READ);
    files.closedFolder("/ProgramData/SessionBridge/journal");
    files.closedFolder("/ProgramData/SessionBridge/Pictures");
    assertRefused(
        "HOST/kim can modify /ProgramData/SessionBridge; /ProgramData/SessionBridge/Pictures is"
            + " not a folder of SessionBridge"
            + CLOSE);
    assertThat(files.owned).isEmpty();
  }

  @Test
  void aFolderWithoutOwnContentIsRefused() {
    files.folder("/ProgramData/SessionBridge", KIM, SYSTEM, READ);
    files.closedFile("/ProgramData/SessionBridge/letter.txt");
    assertRefused(
        "HOST/kim can modify /ProgramData/SessionBridge; nothing in it belongs to SessionBridge"
            + CLOSE);
  }

  @Test
  void aHardLinkInItIsNotTakenOver() {
    files.folder("/ProgramData/SessionBridge", KIM, SYSTEM, READ);
    files.closedFolder("/ProgramData/SessionBridge/journal");
    files.hardLink("/ProgramData/SessionBridge/journal/1", SYSTEM);
    assertRefused(
        "HOST/kim can modify /ProgramData/SessionBridge; /ProgramData/SessionBridge/journal/1 has"
            + " a hard link elsewhere"
            + CLOSE);
    assertThat(files.owned).isEmpty();
  }

  @Test
  void aLinkInItIsRefused() {
    files.closedFolder("/ProgramData/SessionBridge");
    files.link("/ProgramData/SessionBridge/journal", "/elsewhere");
    assertRefused("/ProgramData/SessionBridge/journal in it is a link; remove it");
  }

  @Test
  void aLinkInItsPlaceIsRefused() {
    files.link("/ProgramData/SessionBridge", "/elsewhere");
    assertRefused("it is a link; set data_dir to /elsewhere");
  }

  @Test
  void aLinkAboveIsRefused() {
    files.link("/ProgramData", "/moved");
    assertRefused("/ProgramData is a link; set data_dir to /moved/SessionBridge");
  }

  @Test
  void aFileInItsPlaceIsRefused() {
    files.closedFile("/ProgramData/SessionBridge");
    assertRefused("it is a file; set data_dir to a folder");
  }

  @Test
  void refusesAReplaceableParentBeforeCreatingAnything() {
    files.folder("/ProgramData", KIM, AUTHENTICATED, MODIFY);
    assertRefused(
        "HOST/kim, NT AUTHORITY/Authenticated Users can modify /ProgramData, and so replace it;"
            + " set data_dir to a folder below C:/ProgramData, or remove the"
            + " permission: icacls \"/ProgramData\" /setowner *S-1-5-32-544 /l /q && icacls"
            + " \"/ProgramData\" /inheritance:d /l /q && icacls \"/ProgramData\" /remove:g"
            + " *S-1-5-11 *S-1-5-21-1-2-3-1001 /l /q");
  }

  @Test
  void refusesAFolderThatCannotBeTakenOver() {
    files.folder("/ProgramData/SessionBridge", KIM, SYSTEM, READ);
    files.owningFails = true;
    assertRefused(
        "HOST/kim can modify /ProgramData/SessionBridge; it cannot be taken over: CreateFile of"
            + " /ProgramData/SessionBridge failed with error 5: access is denied"
            + CLOSE);
  }

  @Test
  void refusesAFolderThatTakingOverDidNotFix() {
    files.folder("/ProgramData/SessionBridge", KIM, SYSTEM, READ);
    files.owningHasNoEffect = true;
    assertRefused(
        "HOST/kim can modify /ProgramData/SessionBridge; taking it over did not help" + CLOSE);
  }

  @Test
  void warnsIfAllowed() throws Exception {
    files.folder("/ProgramData/SessionBridge", KIM, SYSTEM, READ);
    files.closedFolder("/ProgramData/SessionBridge/Pictures");
    new DataFolder(files, OWN, Unsafe.ALLOWED, this::report).secure(DATA, Readers.SHUT_OUT);
    assertThat(reported)
        .containsExactly(
            "warning: HOST/kim can modify /ProgramData/SessionBridge;"
                + " /ProgramData/SessionBridge/Pictures is not a folder of SessionBridge"
                + CLOSE);
    assertThat(files.owned).isEmpty();
  }
}
