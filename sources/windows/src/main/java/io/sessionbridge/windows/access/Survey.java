package io.sessionbridge.windows.access;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Collects who can change files, without following links. */
final class Survey {

  /** The maximum number of links that Windows follows in a path. */
  private static final int MOST_LINKS = 63;

  private final FileSecurity files;
  private final Map<Path, Set<String>> findings = new LinkedHashMap<>();
  private final Set<Path> links = new LinkedHashSet<>();
  private final Set<Path> sharedFiles = new LinkedHashSet<>();
  private final Set<Path> walked = new HashSet<>();

  Survey(FileSecurity files) {
    this.files = files;
  }

  List<Finding> findings() {
    return findings.entrySet().stream()
        .map(entry -> new Finding(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The reparse points found. */
  List<Path> links() {
    return List.copyOf(links);
  }

  /** Files with more than one hard link. */
  List<Path> sharedFiles() {
    return List.copyOf(sharedFiles);
  }

  /** Checks the folders above a path, from the root: who can replace them. */
  void above(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      return;
    }
    above(parent);
    boolean root = parent.getParent() == null;
    look(parent, root ? Rights.REPLACE_BELOW_ROOT : Rights.REPLACE);
  }

  /**
   * As {@link #above}, but follows each link among the folders. Below a link's target, only the
   * rest of the path is checked.
   *
   * @return the path with all links above its last name resolved
   */
  Path way(Path path) throws IOException {
    Path rest = path;
    for (int links = 0; links <= MOST_LINKS; links++) {
      Optional<Path> target = wayToLink(rest);
      if (target.isEmpty()) {
        return rest;
      }
      rest = target.get();
    }
    throw new FileSystemLoopException(path.toString());
  }

  /** The path with its first link replaced by the link's target; empty if it has no link. */
  private Optional<Path> wayToLink(Path path) throws IOException {
    Path folder = path.getRoot();
    if (folder == null || path.getNameCount() == 0) {
      return Optional.empty();
    }
    files.look(folder).ifPresent(found -> note(path.getRoot(), found, Rights.REPLACE_BELOW_ROOT));
    for (int i = 0; i < path.getNameCount() - 1; i++) {
      folder = folder.resolve(path.getName(i));
      Optional<FileFacts> facts = files.look(folder);
      if (facts.isPresent()) {
        note(folder, facts.get(), Rights.REPLACE);
        Path target = facts.get().link() ? target(folder) : folder;
        if (!target.equals(folder)) { // some reparse points are not links
          Path rest = path.subpath(i + 1, path.getNameCount());
          return Optional.of(target.resolve(rest).normalize());
        }
      }
    }
    return Optional.empty();
  }

  /** The target of a link after one step; fully resolved if the system does not report the step. */
  Path target(Path link) throws IOException {
    Optional<Path> step = files.step(link);
    return step.isPresent() ? step.get() : files.resolve(link);
  }

  /**
   * Checks a file, or a folder with all its content.
   *
   * @param except files and folders to skip
   */
  void tree(Path top, int rights, Set<Path> except) throws IOException {
    if (except.contains(top) || !walked.add(top)) {
      return;
    }
    Optional<FileFacts> facts = look(top, rights);
    if (facts.isEmpty() || facts.get().link() || !facts.get().folder()) {
      return;
    }
    for (Path child : files.list(top)) {
      tree(child, rights, except);
    }
  }

  /** Checks who can create entries in a folder; its content is not checked. */
  void makersIn(Path folder) throws IOException {
    Path at = way(folder);
    for (int links = 0; links <= MOST_LINKS; links++) {
      Optional<FileFacts> facts = files.look(at);
      if (facts.isEmpty()) {
        return;
      }
      note(at, facts.get(), Rights.MAKE);
      Path target = facts.get().link() ? way(target(at)) : at;
      if (target.equals(at)) {
        return;
      }
      at = target;
    }
    throw new FileSystemLoopException(folder.toString());
  }

  private Optional<FileFacts> look(Path path, int rights) throws IOException {
    Optional<FileFacts> facts = files.look(path);
    facts.ifPresent(found -> judge(path, found, rights));
    return facts;
  }

  private void note(Path path, FileFacts facts, int rights) {
    Set<String> others = facts.security().others(rights);
    if (!others.isEmpty()) {
      findings.computeIfAbsent(path, unused -> new TreeSet<>()).addAll(others);
    }
  }

  private void judge(Path path, FileFacts facts, int rights) {
    note(path, facts, rights);
    if (facts.link()) {
      links.add(path);
    }
    if (!facts.folder() && facts.names() > 1) {
      sharedFiles.add(path);
    }
  }
}
