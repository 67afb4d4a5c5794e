package io.sessionbridge.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with what archives hold of libraries: the jars without native code for machines they are
 * not made for, the texts of their licences, their notices and the list of parts.
 */
public final class PartsFolder {

  private PartsFolder() {}

  /**
   * Arguments: the program's jar, the folder of the jars it needs, the list of parts, the folder of
   * texts that jars lack, the folder to fill, and a {@link SlimJar.For}.
   */
  public static void main(String[] args) throws IOException {
    List<Path> jars = new ArrayList<>(jars(Path.of(args[1])));
    jars.add(Path.of(args[0]));
    fill(Path.of(args[4]), jars, Path.of(args[2]), Path.of(args[3]), SlimJar.For.valueOf(args[5]));
  }

  static void fill(Path folder, List<Path> jars, Path list, Path texts, SlimJar.For target)
      throws IOException {
    if (!Files.exists(list)) {
      throw new IOException(
          "no list of parts in "
              + list
              + ": build that module once without -o, which leaves it out");
    }
    Path lib = Files.createDirectories(folder.resolve("lib"));
    for (Path old : jars(lib)) {
      Files.delete(old);
    }
    for (Path jar : jars) {
      SlimJar.copy(jar, lib.resolve(String.valueOf(jar.getFileName())), target);
    }
    ThirdParty parts = ThirdParty.of(Parts.read(list), jars(lib), new LicenceTexts(texts));
    Files.writeString(folder.resolve("THIRD-PARTY.txt"), parts.text());
    Files.writeString(folder.resolve("NOTICE"), parts.notice());
    Files.writeString(
        folder.resolve("sbom.cdx.json"), PartHashes.ofJars(Files.readString(list), lib));
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }
}
