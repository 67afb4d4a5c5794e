package io.sessionbridge.sink.eventlog.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.windows.service.EventLog;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageFileTest {

  @TempDir Path folder;

  private static List<String> golden() throws Exception {
    try (InputStream file = MessageFileTest.class.getResourceAsStream("/event-ids.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  private static List<String> table() {
    List<String> lines = new ArrayList<>();
    for (EventCategory category : EventCategory.values()) {
      lines.add("category " + category.number() + " " + category.text());
    }
    for (Kind kind : Kind.values()) {
      lines.add(EventIds.of(kind) + " " + EventCategory.of(kind).number() + " " + kind.wireName());
    }
    for (AgentEvent event : AgentEvent.values()) {
      lines.add(event.id() + " " + EventCategory.AGENT.number() + " agent " + event);
    }
    lines.add(EventLog.EVENT_ID + " 0 service");
    return lines;
  }

  /** A number never changes its meaning: add lines to the file, change none. */
  @Test
  void hasTheGuaranteedNumbers() throws Exception {
    assertThat(table()).containsExactlyInAnyOrderElementsOf(golden());
  }

  @Test
  void numbersAreUniqueAndHaveATextWithoutTheFile() {
    List<Integer> ids =
        Stream.of(
                Stream.of(Kind.values()).map(EventIds::of),
                Stream.of(AgentEvent.values()).map(AgentEvent::id),
                Stream.of(EventCategory.values()).map(EventCategory::number))
            .flatMap(numbers -> numbers)
            .toList();
    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id >= 1 && id <= 1000);
  }

  /** The page has the same numbers. */
  @Test
  void pageHasEachNumber() throws Exception {
    String page = Files.readString(Path.of("README.md"));
    for (Kind kind : Kind.values()) {
      assertThat(page).contains("| " + EventIds.of(kind) + " | `" + kind.wireName() + "` |");
    }
    for (AgentEvent event : AgentEvent.values()) {
      assertThat(page).contains("| " + event.id() + " | ");
    }
  }

  /**
   * The event log keeps the file open under its name. If this fails because a text was added: raise
   * {@link MessageFile#VERSION}, and put the new sum here.
   */
  @Test
  void hasOtherBytesOnlyUnderAnotherName() throws Exception {
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(MessageFile.bytes());
    assertThat(MessageFile.NAME + " " + HexFormat.of().formatHex(sum))
        .isEqualTo(
            "sessionbridge-messages-2.dll "
                + "da1f30bd3f10feba0de2e540c135b3f31b23cc9750f1b5de28ddced6d434a4aa");
  }

  @Test
  void writesItForTheBuild() throws Exception {
    MessageFile.main(new String[] {folder.resolve("new").toString()});
    assertThat(folder.resolve("new").resolve(MessageFile.NAME))
        .hasBinaryContent(MessageFile.bytes());
  }
}
