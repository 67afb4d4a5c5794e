package io.sessionbridge.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compares files with a list. {@code -Dgolden.write=true} writes the list; review the diff. */
public final class GoldenList {

  private static final Path FOLDER = Path.of("src/test/resources/files");

  private GoldenList() {}

  /**
   * Compares them.
   *
   * @param found see {@link ArchiveList}
   * @param name of the list of the module, without its ending
   */
  public static void assertEqual(List<String> found, String name) throws IOException {
    Path list = FOLDER.resolve(name + ".txt");
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(FOLDER);
      Files.write(list, found);
    }
    assertThat(found).as(list.toString()).isEqualTo(Files.readAllLines(list));
  }
}
