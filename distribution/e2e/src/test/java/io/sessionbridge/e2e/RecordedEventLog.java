package io.sessionbridge.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What programs with an option of Java write into the Application log, see {@code evthook.c}. */
final class RecordedEventLog {

  /**
   * An entry.
   *
   * @param type 1 error, 2 warning, 4 information
   * @param sid {@code -} for none
   */
  record Entry(String source, int type, int category, int id, String sid, List<String> strings) {

    private static Entry parse(String line) {
      String[] parts = line.split("\t", -1);
      return new Entry(
          parts[0],
          Integer.parseInt(parts[1]),
          Integer.parseInt(parts[2]),
          Integer.parseInt(parts[3]),
          parts[4],
          Arrays.asList(parts).subList(5, parts.length));
    }
  }

  private final Path file;
  private final Path library;

  private RecordedEventLog(Path file, Path library) {
    this.file = file;
    this.library = library;
  }

  /**
   * A log without entries; skips the test where it cannot be built.
   *
   * @param folder of a name that is plain ASCII
   */
  static RecordedEventLog orSkip(Path folder) throws Exception {
    Files.createDirectories(folder);
    return new RecordedEventLog(
        folder.resolve("entries.tsv"), CrossCompiler.library("evthook", folder));
  }

  String javaOption() {
    return "-agentpath:" + Wine.windowsPath(library) + "=" + Wine.windowsPath(file);
  }

  /** Opening and writing fail with that error, until it is 0. */
  void fail(int error) throws IOException {
    Path failure = Path.of(file + ".fail");
    if (error == 0) {
      Files.delete(failure);
      return;
    }
    Files.writeString(failure, Integer.toString(error));
  }

  /** All entries that are whole, in order. */
  List<Entry> entries() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Entry::parse).toList();
  }
}
