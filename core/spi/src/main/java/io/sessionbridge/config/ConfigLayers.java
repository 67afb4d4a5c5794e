package io.sessionbridge.config;

import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.storage.FileReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A configuration of several files: the one that was named, and over it each {@code *.yaml} in the
 * folder {@code conf.d} beside it, in the order of their names. Of a key that stands in several,
 * the last file's value counts. Relative paths are relative to the folder of the file they stand
 * in.
 *
 * @param files that were read, the named one first
 * @param top what they are together
 * @param replaced what does not count any more
 */
public record ConfigLayers(List<Path> files, ConfigMapping top, List<Replaced> replaced) {

  private static final String FOLDER = "conf.d";
  private static final String ENDING = ".yaml";

  /** A value, and the one below it that it replaces. */
  public record Replaced(Place winner, Place loser) {

    @Override
    public String toString() {
      return winner.problem("replaces that of " + loser.file() + ":" + loser.line()).toString();
    }
  }

  public ConfigLayers {
    files = List.copyOf(files);
    replaced = List.copyOf(replaced);
  }

  /**
   * Reads all files.
   *
   * @return empty if one of them has no mapping at its top, after the reason was added
   */
  public static Optional<ConfigLayers> read(Path file, Problems problems) {
    List<Path> files = files(file, problems);
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

  /** The folder of the files over that one, whether it is there or not. */
  public static Path folder(Path file) {
    return file.toAbsolutePath().resolveSibling(FOLDER);
  }

  private static List<Path> files(Path file, Problems problems) {
    List<Path> all = new ArrayList<>(List.of(file));
    Path folder = file.resolveSibling(FOLDER);
    if (!Files.isDirectory(folder)) {
      return all;
    }
    try (Stream<Path> found = Files.list(folder)) {
      found.filter(one -> one.toString().endsWith(ENDING)).sorted().forEach(all::add);
    } catch (IOException e) {
      problems.add(
          new Place(folder.toString(), 0, ""), "cannot be read: " + FileReason.of(e, folder));
    }
    return all;
  }
}
