package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Windows library in programs that have it and JNA and nothing else; and who its events name.
 */
@Timeout(600)
class LibraryIT {

  private static final String USER = System.getProperty("user.name");

  @TempDir Path folder;
  private Wine wine;
  private Poster poster;

  @BeforeEach
  void startPoster() throws Exception {
    wine = Wine.orSkip();
    poster = wine.poster(folder);
  }

  @AfterEach
  void stopPoster() {
    if (poster != null) {
      poster.close();
    }
  }

  @Test
  void theExampleTellsHowThingsAreAndThenEachChange() throws Exception {
    try (WindowsProgram example = wine.library(folder, SessionExample.class)) {
      Await.until(() -> example.out().contains("listening, Enter ends"));
      Await.until(() -> example.out().contains("there is session "));
      poster.post(5, 1);
      poster.post(7, 1);
      Await.until(() -> example.out().contains("SESSION_LOCK session 1 of "));
      example.closeInput();
      example.awaitEnd();
      assertThat(example.out().strip())
          .containsSubsequence("there is session ", "SESSION_LOGON session 1 ", "SESSION_LOCK ")
          .endsWith("no longer listening");
      assertThat(example.err()).isEmpty();
    }
    assertThat(poster.ask("find")).isEqualTo("none");
  }

  @Test
  void aProgramSharesItsWindow() throws Exception {
    try (WindowsProgram owner = wine.library(folder, WindowOwner.class)) {
      Await.until(() -> owner.out().contains("second: listening"));
      poster.post(7, 1);
      Await.until(() -> owner.out().contains("second: SESSION_LOCK session 1"));
      poster.closeWindow();
      owner.awaitEnd();
      assertThat(owner.out())
          .contains("first: listening", "owner: change 7 of 1")
          .contains("second: the window was destroyed", "owner: ends")
          .doesNotContain("first: SESSION_LOCK");
      assertThat(owner.err()).isEmpty();
    }
  }

  /** Wine gives the user of the asking process as that of every session, and no state. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void eventsSayWhoAndWhetherItIsSo() throws Exception {
    Files.writeString(
        folder.resolve("a.yaml"),
        "data_dir: data\nsources: {windows: {type: wts}}\nsinks: {out: {type: file, path: a.jsonl}}");
    Path written = folder.resolve("a.jsonl");
    try (WindowsProgram agent =
        wine.start(folder, "run", "--config", "a.yaml").awaitErr("runs: ")) {
      poster.post(5, 3);
      poster.post(6, 3);
      poster.post(7, 3);
      Await.until(() -> Files.exists(written) && Files.readString(written).contains("\"lock\""));
      agent.interrupt();
      agent.awaitEnd();
    }
    String user = "\"user_name\":\"" + USER + "\",\"user_domain\":\"";
    assertThat(line(written, "logon"))
        .contains("\"confirmed\":true", user, "\"user_sid\":\"S-1-5-21-", "\"boot_id\":\"")
        .contains("\"account_type\":\"local\"", "\"elevated\":");
    assertThat(line(written, "logoff")).contains("\"confirmed\":false", user);
    assertThat(line(written, "lock")).contains(user).doesNotContain("\"confirmed\"");
    assertThat(line(written, "session_present")).contains("\"session_id\":1,", user);
  }

  private static String line(Path file, String kind) throws Exception {
    List<String> lines =
        Files.readAllLines(file).stream()
            .filter(line -> line.contains("\"kind\":\"" + kind + "\""))
            .toList();
    assertThat(lines).as(kind).hasSize(1);
    return lines.get(0);
  }
}
