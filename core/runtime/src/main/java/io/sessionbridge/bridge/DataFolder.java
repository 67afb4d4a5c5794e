package io.sessionbridge.bridge;

import io.sessionbridge.ingest.SessionStates;
import io.sessionbridge.storage.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an existing data folder private. Earlier versions created files with the permissions that
 * the umask left.
 *
 * <p>Only what the agent created is changed: the folders of its layout. The data folder itself is
 * changed only if it holds nothing else, because an operator may have chosen a shared folder.
 */
final class DataFolder {

  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

  private static final String LOCK = "lock";
  private static final String CONTROL = "control";
  private static final List<String> FOLDERS =
      List.of("journal", "cursors", "rejected", SessionStates.FOLDER, "sources", "sinks");

  /** What stands beside these folders without being a file of somebody else. */
  private static final Set<String> ALSO_OWN = Set.of(LOCK, CONTROL, "log", "native", "lost+found");

  private final Path folder;
  private long changed;

  private DataFolder(Path folder) {
    this.folder = folder;
  }

  /** What in a data directory is of the core alone, so that no sink may write there. */
  static List<Path> own(Path folder) {
    return Stream.of(
            "journal", "cursors", "rejected", SessionStates.FOLDER, "sources", CONTROL, LOCK)
        .map(folder::resolve)
        .toList();
  }

  /** Takes all permissions of group and others away. A failure is a warning, not the end. */
  static void makePrivate(Path folder) {
    new DataFolder(folder).makePrivate();
  }

  private void makePrivate() {
    if (!Files.isDirectory(folder.resolve("journal"))
        || !Files.isDirectory(folder.resolve("cursors"))) {
      return; // no agent has worked here
    }
    tightenOwn(folder);
    tighten(folder.resolve(LOCK));
    FOLDERS.forEach(name -> tightenAll(folder.resolve(name)));
    if (changed > 0) {
      LOG.info(
          "data_dir {}: {} files and folders had permissions for other users, which were removed",
          folder,
          changed);
    }
  }

  private void tightenOwn(Path whole) {
    try (Stream<Path> entries = Files.list(whole)) {
      if (entries.allMatch(DataFolder::isOwn)) {
        tighten(whole);
        return;
      }
    } catch (IOException e) {
      LOG.warn("data_dir {} cannot be listed: {}", whole, e.toString());
      return;
    }
    LOG.debug("data_dir {} holds other files, so its own permissions stay", whole);
  }

  private static boolean isOwn(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return FOLDERS.contains(name) || ALSO_OWN.contains(name);
  }

  private void tightenAll(Path top) {
    if (!Files.isDirectory(top) || Files.isSymbolicLink(top)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(top)) {
      entries.forEach(this::tighten);
    } catch (IOException e) {
      LOG.warn("{} cannot be listed: {}", top, e.toString());
    }
  }

  private void tighten(Path file) {
    FileMode mode = Files.isDirectory(file) ? FileMode.PRIVATE.folder() : FileMode.PRIVATE;
    try {
      if (Files.exists(file) && mode.tighten(file).isPresent()) {
        changed++;
      }
    } catch (IOException e) {
      LOG.warn("{} stays readable for other users: {}", file, e.toString());
    }
  }
}
