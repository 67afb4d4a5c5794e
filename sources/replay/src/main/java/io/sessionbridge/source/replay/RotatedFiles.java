package io.sessionbridge.source.replay;

import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that match the key {@code rotated}, and which of them are known. One thread. */
final class RotatedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(RotatedFiles.class);
  private static final List<String> COMPRESSED =
      List.of(".gz", ".bz2", ".xz", ".zst", ".lz4", ".zip");

  private final Path path;
  private final Optional<PathMatcher> names;
  private final Storage storage;
  private final Set<Path> logged = new HashSet<>();
  private List<RotatedFile> known = List.of();

  /**
   * @param path the file that is rotated; never one of them
   * @param names empty if rotated files are not searched
   */
  RotatedFiles(Path path, Optional<PathMatcher> names, Storage storage) {
    this.path = path;
    this.names = names;
    this.storage = storage;
  }

  boolean areNamed() {
    return names.isPresent();
  }

  /** The non-empty rotated files, oldest first. */
  List<RotatedFile> list() throws UnreadableException {
    List<RotatedFile> found = new ArrayList<>();
    if (names.isEmpty()) {
      return found;
    }
    Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file's folder");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (isNamed(file)) {
          read(file).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      throw new UnreadableException(folder, FileState.reason(folder, e));
    } catch (DirectoryIteratorException e) {
      throw new UnreadableException(folder, "cannot be listed: " + e.getMessage());
    }
    found.sort(RotatedFile.OLDEST_FIRST);
    return found;
  }

  private boolean isNamed(Path file) {
    Path name = file.getFileName();
    if (name == null || name.equals(path.getFileName()) || !names.get().matches(name)) {
      return false;
    }
    String lower = name.toString().toLowerCase(Locale.ROOT);
    if (COMPRESSED.stream().anyMatch(lower::endsWith)) {
      if (logged.isEmpty()) {
        LOG.warn(
            "{} is compressed: such files are not read; configure the rotation to keep the newest"
                + " file uncompressed (logrotate: delaycompress)",
            file);
      }
      logged.add(path);
      return false;
    }
    return true;
  }

  private Optional<RotatedFile> read(Path file) throws IOException {
    try {
      FileState state = FileState.of(file);
      return state.size() == 0 ? Optional.empty() : Optional.of(RotatedFile.read(state, storage));
    } catch (UnreadableException e) {
      if (logged.add(file)) {
        LOG.warn("a rotated file is skipped: {}", e.getMessage());
      }
      return Optional.empty();
    }
  }

  /** Records these files as known, so that they are not new later. */
  void know(List<RotatedFile> files) {
    known = List.copyOf(files);
  }

  void knowAlso(List<RotatedFile> files) {
    List<RotatedFile> all = new ArrayList<>(known);
    files.stream().filter(file -> !isKnown(file)).forEach(all::add);
    known = List.copyOf(all);
  }

  boolean isKnown(RotatedFile file) {
    return known.stream().anyMatch(file::continues);
  }
}
