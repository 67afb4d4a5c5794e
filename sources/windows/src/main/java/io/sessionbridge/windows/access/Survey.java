package io.sessionbridge.windows.access;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Collects who may change files, without following links. */
final class Survey {

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

  /** What is a reparse point. */
  List<Path> links() {
    return List.copyOf(links);
  }

  /** Files that go by another name, too. */
  List<Path> sharedFiles() {
    return List.copyOf(sharedFiles);
  }

  /** The folders above one, from the root of the volume on: who may replace it by another. */
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
   * A file, or a folder and all that is in it.
   *
   * @param except what is left out
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

  /** Who may make something in a folder; what is in it is not looked at. */
  void makersIn(Path folder) throws IOException {
    Optional<FileFacts> facts = look(folder, Rights.MAKE);
    if (facts.isPresent() && facts.get().link()) {
      Optional<FileFacts> unused = look(files.resolve(folder), Rights.MAKE);
    }
  }

  private Optional<FileFacts> look(Path path, int rights) throws IOException {
    Optional<FileFacts> facts = files.look(path);
    facts.ifPresent(found -> judge(path, found, rights));
    return facts;
  }

  private void judge(Path path, FileFacts facts, int rights) {
    Set<String> others = facts.security().others(rights);
    if (!others.isEmpty()) {
      findings.computeIfAbsent(path, unused -> new TreeSet<>()).addAll(others);
    }
    if (facts.link()) {
      links.add(path);
    }
    if (!facts.folder() && facts.names() > 1) {
      sharedFiles.add(path);
    }
  }
}
