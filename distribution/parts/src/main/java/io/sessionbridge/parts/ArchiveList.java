package io.sessionbridge.parts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is in an archive, for a list that a test compares with it: a line for each file, link and
 * empty folder with its mode, its owner if that is not root, and its path. Versions of jars are
 * left out, and the folder if all is in one.
 */
public final class ArchiveList {

  /** A file of an archive; the name of a folder ends with a slash. */
  private record Entry(String mode, String name) {}

  private ArchiveList() {}

  /**
   * The sorted lines.
   *
   * @param archive a zip, or what {@code tar} reads
   */
  public static List<String> of(Path archive) throws IOException, InterruptedException {
    List<Entry> entries = archive.toString().endsWith(".zip") ? zip(archive) : tar(archive);
    int front = commonFolder(entries).length();
    Set<String> filled = new HashSet<>();
    for (Entry entry : entries) {
      String name = entry.name().replaceFirst(" -> .*", "");
      filled.add(name.substring(0, name.lastIndexOf('/', name.length() - 2) + 1));
    }
    return entries.stream()
        .filter(entry -> !filled.contains(entry.name()))
        .map(entry -> entry.mode() + " " + withoutVersion(entry.name().substring(front)))
        .sorted()
        .toList();
  }

  /** The path of a jar without its version; other paths stay. */
  public static String withoutVersion(String path) {
    return path.replaceFirst("-\\d[\\w.]*(-\\d+|-SNAPSHOT)?((-[a-z]\\w*)*)\\.jar$", "$2.jar");
  }

  private static String commonFolder(List<Entry> entries) {
    String first = entries.get(0).name();
    String folder = first.substring(0, first.indexOf('/') + 1);
    return entries.stream().allMatch(entry -> entry.name().startsWith(folder)) ? folder : "";
  }

  private static List<Entry> zip(Path archive) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (FileSystem zip =
        FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", "true"))) {
      Path root = zip.getPath("/");
      try (Stream<Path> all = Files.walk(root)) {
        for (Path path : all.filter(file -> !file.equals(root)).toList()) {
          boolean folder = Files.isDirectory(path);
          String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
          String name = root.relativize(path).toString();
          entries.add(new Entry((folder ? "d" : "-") + mode, folder ? name + "/" : name));
        }
      }
    }
    return entries;
  }

  private static List<Entry> tar(Path archive) throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "--numeric-owner", "-tvf", archive.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(tar.getInputStream().readAllBytes(), UTF_8);
    if (tar.waitFor() != 0) {
      throw new IOException("tar cannot read " + archive);
    }
    return printed
        .lines()
        .map(line -> line.split(" +", 6))
        .map(part -> new Entry(part[0] + (part[1].equals("0/0") ? "" : " " + part[1]), part[5]))
        .toList();
  }
}
