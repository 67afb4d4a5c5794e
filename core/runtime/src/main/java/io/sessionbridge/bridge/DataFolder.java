package io.sessionbridge.bridge;

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
 * Makes an existing data folder private. Earlier versions created files with the permissions of the
 * umask.
 *
 * <p>Only what the agent created is changed: the folders of its layout. The data folder itself is
 * changed only if it holds nothing else, because an operator may have chosen a shared folder.
 */
final class DataFolder {

  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

  /** Entries of a data folder that are no folders of the agent, and not of another program. */
  private static final Set<String> ALSO_OWN = Set.of(DataLayout.LOCK, "lost+found");

  private final Path folder;
  private long changed;

  private DataFolder(Path folder) {
    this.folder = folder;
  }

  /** The paths in a data folder that only the core may write. */
  static List<Path> own(Path folder) {
    return Stream.concat(DataLayout.CORE.stream(), Stream.of(DataLayout.CONTROL, DataLayout.LOCK))
        .map(folder::resolve)
        .toList();
  }

  /** Removes all permissions of group and others. Logs failures and continues. */
  static void makePrivate(Path folder) {
    new DataFolder(folder).makePrivate();
  }

  private void makePrivate() {
    if (!Files.isDirectory(folder.resolve("journal"))
        || !Files.isDirectory(folder.resolve("cursors"))) {
      return; // no agent has worked here
    }
    tightenOwn(folder);
    tighten(folder.resolve(DataLayout.LOCK));
    DataLayout.CONTENT.forEach(name -> tightenAll(folder.resolve(name)));
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
    LOG.debug("data_dir {} contains other files, so its own permissions are kept", whole);
  }

  private static boolean isOwn(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return DataLayout.folders().contains(name) || ALSO_OWN.contains(name);
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
      LOG.warn("permissions of {} cannot be restricted: {}", file, e.toString());
    }
  }
}
