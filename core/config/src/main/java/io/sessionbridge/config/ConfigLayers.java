package io.sessionbridge.config;

import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.storage.FileReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A configuration in several files: the main file, overlaid by each {@code *.yaml} in the folder
 * {@code conf.d} next to it, in the order of their names. Hidden files, whose names begin with a
 * dot, are skipped. If several files set a key, the last one wins. Relative paths are relative to
 * the folder of the file that contains them.
 *
 * @param files the files read, the main file first
 * @param top the merged configuration
 * @param replaced the overridden values
 */
public record ConfigLayers(List<Path> files, ConfigMapping top, List<Replaced> replaced) {

  private static final String FOLDER = "conf.d";
  private static final String ENDING = ".yaml";

  /** A value and the overridden one. */
  public record Replaced(Place winner, Place loser) {

    @Override
    public String toString() {
      return winner.problem("replaces that of " + loser.file() + ":" + loser.line()).toString();
    }
  }

  /** Decides whether the folder, or a file in it, may add to the configuration. */
  @FunctionalInterface
  public interface Judge {

    /** Accepts everything. */
    Judge ANY = path -> Optional.empty();

    /**
     * What is wrong, as text that follows the path; empty if nothing is.
     *
     * @param path the folder, which comes first, or a file in it
     * @throws IOException if that cannot be determined
     */
    Optional<String> problem(Path path) throws IOException;
  }

  public ConfigLayers {
    files = List.copyOf(files);
    replaced = List.copyOf(replaced);
  }

  /** Reads all files, whoever may write them: for commands that only inspect the configuration. */
  public static Optional<ConfigLayers> read(Path file, Problems problems) {
    return read(file, problems, Judge.ANY);
  }

  /**
   * Reads all files.
   *
   * @param judge decides before anything in the folder is read
   * @return empty if the top level of a file is not a mapping, after the reason was added
   */
  public static Optional<ConfigLayers> read(Path file, Problems problems, Judge judge) {
    List<Path> files = new ArrayList<>(List.of(file));
    files.addAll(upper(file.resolveSibling(FOLDER), problems, judge));
    List<ConfigMapping> layers = new ArrayList<>();
    for (Path one : files) {
      ConfigFile.read(one, problems).ifPresent(layers::add);
    }
    if (layers.size() < files.size()) {
      return Optional.empty();
    }
    List<Replaced> replaced = new ArrayList<>();
    ConfigMapping top = layers.get(0);
    for (ConfigMapping upper : layers.subList(1, layers.size())) {
      top = top.under(upper, (winner, loser) -> replaced.add(new Replaced(winner, loser)));
    }
    return Optional.of(new ConfigLayers(files, top, replaced));
  }

  /** The folder of the additional files of a main file, whether it exists or not. */
  public static Path folder(Path file) {
    return file.toAbsolutePath().resolveSibling(FOLDER);
  }

  private static List<Path> upper(Path folder, Problems problems, Judge judge) {
    if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    if (!Files.isDirectory(folder)) {
      problems.add(
          whole(folder),
          Files.isRegularFile(folder)
              ? "must be a folder, was a file"
              : "must be a folder that can be read");
      return List.of();
    }
    if (!isGood(folder, problems, judge)) {
      return List.of();
    }
    List<Path> all = new ArrayList<>();
    try (Stream<Path> found = Files.list(folder)) {
      for (Path one : found.sorted().toList()) {
        if (isRead(one, problems) && isGood(one, problems, judge)) {
          all.add(one);
        }
      }
    } catch (IOException e) {
      problems.add(whole(folder), "cannot be read: " + FileReason.of(e, folder));
    } catch (UncheckedIOException e) {
      problems.add(whole(folder), "cannot be read: " + e.getMessage());
    }
    return all;
  }

  /**
   * A skipped file that looks like a configuration is a problem: its author expects it to count.
   */
  private static boolean isRead(Path file, Problems problems) {
    String name = file.getFileName().toString();
    if (name.startsWith(".")) {
      return false; // written by an editor, or by a system that stores metadata in separate files
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (!name.endsWith(ENDING) && (lower.endsWith(ENDING) || lower.endsWith(".yml"))) {
      problems.add(whole(file), "is not read: its name must end with " + ENDING);
    }
    return name.endsWith(ENDING);
  }

  private static boolean isGood(Path path, Problems problems, Judge judge) {
    try {
      Optional<String> problem = judge.problem(path);
      problem.ifPresent(text -> problems.add(whole(path), text));
      return problem.isEmpty();
    } catch (IOException e) {
      problems.add(
          whole(path), "is refused: who can modify it is unknown: " + FileReason.of(e, path));
      return false;
    }
  }

  private static Place whole(Path path) {
    return new Place(path.toString(), 0, "");
  }
}
