package io.sessionbridge.msi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A package of the bundle, version 1.2.3, with a small runtime that is none; and its tables. */
final class BuiltMsi {

  /** Has what a program for Windows says of its version, and nothing else of one. */
  private static final byte[] JAVA_25_0_4_1 =
      ByteBuffer.allocate(64)
          .order(ByteOrder.LITTLE_ENDIAN)
          .put((byte) 'M')
          .put((byte) 'Z')
          .putInt(32, 0xFEEF04BD)
          .putInt(36, 0x10000)
          .putInt(40, 25 << 16)
          .putInt(44, 4 << 16 | 1)
          .array();

  private final Programs programs;
  private final Path runtime;
  private final Path file;

  private BuiltMsi(Programs programs, Path runtime, Path file) {
    this.programs = programs;
    this.runtime = runtime;
    this.file = file;
  }

  /** Skips the test if a program for it is missing. */
  static BuiltMsi make(Path folder) throws Exception {
    Programs.requireBuilders();
    Programs programs = new Programs(folder);
    Path runtime = folder.resolve("runtime");
    Files.createDirectories(runtime.resolve("bin"));
    Files.write(runtime.resolve("bin/java.exe"), JAVA_25_0_4_1);
    Files.writeString(
        runtime.resolve("release"), "IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_VERSION=\"25.0.4\"\n");
    Path file = folder.resolve("sessionbridge.msi");
    programs.build(Programs.BUNDLE, runtime, "1.2.3-SNAPSHOT", file, Map.of());
    return new BuiltMsi(programs, runtime, file);
  }

  Programs programs() {
    return programs;
  }

  Path runtime() {
    return runtime;
  }

  /** The content of the runtime's {@code bin/java.exe}. */
  static byte[] java() {
    return JAVA_25_0_4_1.clone();
  }

  Path file() {
    return file;
  }

  /** The rows of a table, with their columns. */
  List<List<String>> table(String name) throws Exception {
    return programs.table(file, name);
  }

  /**
   * A column of a table by the first one.
   *
   * @param number from 0
   */
  Map<String, String> column(String table, int number) throws Exception {
    return table(table).stream()
        .collect(Collectors.toMap(row -> row.get(0), row -> row.get(number)));
  }

  /** The component of each file, by its path below the target folder as Windows names it. */
  Map<String, String> files() throws Exception {
    Map<String, List<String>> directories =
        table("Directory").stream()
            .collect(Collectors.toMap(row -> row.get(0), Function.identity()));
    Map<String, String> folders =
        table("Component").stream()
            .collect(Collectors.toMap(row -> row.get(0), row -> path(row.get(2), directories)));
    Map<String, String> files = new TreeMap<>();
    for (List<String> row : table("File")) {
      files.put(folders.get(row.get(1)) + longName(row.get(2)), row.get(1));
    }
    return files;
  }

  private static String path(String directory, Map<String, List<String>> directories) {
    if (directory.equals("INSTALLDIR")) {
      return "";
    }
    List<String> row = directories.get(directory);
    return path(row.get(1), directories) + longName(row.get(2)) + "/";
  }

  private static String longName(String names) {
    return names.substring(names.indexOf('|') + 1);
  }
}
