package io.sessionbridge.sink.eventlog.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Third-party programs read the file. */
class MessageFileToolsTest {

  /** A text as windres prints it: with its line end and the padding zeros. */
  private static final Pattern ENTRY =
      Pattern.compile("MessageId = 0x([0-9a-f]+)\\n +(\\S+?)\\\\r\\\\n(?:\\\\000)+\\n");

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void write() throws Exception {
    file = folder.resolve(MessageFile.NAME);
    Files.write(file, MessageFile.bytes());
  }

  private String run(String... command) throws Exception {
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    int code = process.waitFor();
    String text = Files.readString(out, UTF_8);
    assertThat(code).as(text).isZero();
    return text;
  }

  @Test
  void objdumpFindsTheResources() throws Exception {
    RequiredTool.find("x86_64-w64-mingw32-objdump");
    String text = run("x86_64-w64-mingw32-objdump", "-p", file.toString());
    assertThat(text)
        .contains("file format pei-x86-64")
        .contains("Entry: ID: 0x00000b")
        .contains("Entry: ID: 0x000010")
        .doesNotContain("Corrupt");
  }

  @Test
  void windresFindsTheTexts() throws Exception {
    RequiredTool.find("x86_64-w64-mingw32-windres");
    String text = run("x86_64-w64-mingw32-windres", "-J", "coff", "-O", "rc", file.toString());
    assertThat(text).contains("FILEVERSION 2, 0, 0, 0").contains(MessageFile.NAME);
    SortedMap<Integer, String> found = new TreeMap<>();
    Matcher entries = ENTRY.matcher(text);
    while (entries.find()) {
      found.put(Integer.parseInt(entries.group(1), 16), entries.group(2));
    }
    assertThat(found).isEqualTo(MessageFile.texts());
  }
}
