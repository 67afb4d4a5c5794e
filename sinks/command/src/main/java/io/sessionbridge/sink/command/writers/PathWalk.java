package io.sessionbridge.sink.command.writers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks the path of a file name by name from the root, as the system does, and checks who may
 * change each folder, each link and the file.
 *
 * <p>Each folder is opened relative to the folder before it and checked while open, and the file is
 * opened in the last one. So the checked file is the one that is read, even if the path changes
 * meanwhile. Links, and folders that may be entered but not listed, are read by path: they are
 * entries of a folder that was checked before, which nobody else can replace.
 *
 * <p>One thread. Close it after use.
 */
final class PathWalk implements Closeable {

  /** The limit of Linux. */
  private static final int MOST_LINKS = 40;

  private static final int STICKY = 01000;
  private static final Path ROOT = Path.of("/");

  private final Trust trust;
  private final UserPrincipal root;
  private final UserPrincipal self;
  private final Deque<Path> rest = new ArrayDeque<>();
  private Path at = ROOT;
  private @Nullable SecureDirectoryStream<Path> folder;
  private int links;
  private Optional<String> others = Optional.empty();

  /** Which file systems are trusted. */
  interface Trust {
    /** Why owners and modes at a place mean nothing; empty if they are valid. */
    Optional<String> problem(Path place);

    /** Whether owners and modes at a place are not checked. */
    boolean isVouchedFor(Path place);
  }

  private PathWalk(Trust trust) throws IOException {
    this.trust = trust;
    this.root = ROOT.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("0");
    this.self = Files.getOwner(Path.of("/proc/self"));
  }

  /**
   * Walks to the folder of a file, or to the first entry that others can modify.
   *
   * @throws IOException if there is no such file, or it may not be searched for
   */
  static PathWalk to(Path file, Trust trust) throws IOException {
    PathWalk walk = new PathWalk(trust);
    boolean complete = false;
    try {
      walk.walk(file.toAbsolutePath());
      complete = true;
      return walk;
    } finally {
      if (!complete) {
        walk.close();
      }
    }
  }

  /** Who else than root and this user can modify something on the path; empty: nobody. */
  Optional<String> others() {
    return others;
  }

  /** Opens the file. Only valid if nobody else can modify it. */
  SeekableByteChannel open() throws IOException {
    Path name = rest.element();
    Set<OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    SecureDirectoryStream<Path> opened = folder;
    return opened == null
        ? Files.newByteChannel(at.resolve(name), options)
        : opened.newByteChannel(name, options);
  }

  private void walk(Path file) throws IOException {
    file.forEach(rest::add);
    enter(ROOT, null);
    while (others.isEmpty()) {
      requireMore(at);
      Path name = rest.element();
      if (name.toString().equals("..")) {
        rest.remove();
        enter(at.getParent() == null ? ROOT : at.getParent(), null);
        continue;
      }
      PosixFileAttributes found = attributes(name);
      Path place = at.resolve(name);
      if (found.isSymbolicLink()) {
        others = check(place, found);
        if (others.isEmpty()) {
          follow(place);
        }
      } else if (found.isDirectory()) {
        rest.remove();
        enter(place, name);
      } else if (rest.size() > 1) {
        throw new NotDirectoryException(place.toString());
      } else {
        requireFile(place, found);
        others = check(place, found);
        return;
      }
    }
  }

  private void requireMore(Path place) throws IOException {
    if (rest.isEmpty()) {
      throw new IOException(place + ": it is a folder, and must be a file");
    }
  }

  private static void requireFile(Path place, BasicFileAttributes found) throws IOException {
    if (found.isOther()) {
      throw new IOException(place + ": it is a pipe or a device, and must be a file");
    }
  }

  private void follow(Path link) throws IOException {
    if (++links > MOST_LINKS) {
      throw new FileSystemLoopException(link.toString());
    }
    rest.remove();
    Path target = Files.readSymbolicLink(link);
    Deque<Path> names = new ArrayDeque<>();
    target.forEach(names::push);
    names.forEach(rest::push);
    if (target.isAbsolute()) {
      enter(ROOT, null);
    }
  }

  /**
   * Opens a folder and checks it.
   *
   * @param name in the open folder; null to open it by its path
   */
  private void enter(Path place, @Nullable Path name) throws IOException {
    SecureDirectoryStream<Path> before = folder;
    folder = null;
    try {
      folder = opened(before, place, name);
    } finally {
      if (before != null) {
        before.close();
      }
    }
    at = place;
    PosixFileAttributes found =
        folder == null
            ? Files.readAttributes(place, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            : folder.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
    if (others.isEmpty()) {
      others = check(place, found);
    }
  }

  /** Null if it may be entered but not listed. Closed with this walk. */
  @SuppressWarnings("StreamResourceLeak")
  private static @Nullable SecureDirectoryStream<Path> opened(
      @Nullable SecureDirectoryStream<Path> before, Path place, @Nullable Path name)
      throws IOException {
    try {
      if (before != null && name != null) {
        return before.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
      }
      DirectoryStream<Path> stream = Files.newDirectoryStream(place);
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        return secure;
      }
      stream.close();
      return null;
    } catch (AccessDeniedException e) {
      return null;
    }
  }

  private PosixFileAttributes attributes(Path name) throws IOException {
    SecureDirectoryStream<Path> opened = folder;
    return opened == null
        ? Files.readAttributes(
            at.resolve(name), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        : opened
            .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
  }

  private Optional<String> check(Path place, PosixFileAttributes found) throws IOException {
    Path whose =
        found.isSymbolicLink() ? at : place; // a link belongs to the file system of its folder
    if (trust.isVouchedFor(whose)) {
      return Optional.empty();
    }
    Optional<String> unknown = trust.problem(whose);
    if (unknown.isPresent()) {
      return unknown;
    }
    if (!found.owner().equals(root) && !found.owner().equals(self)) {
      return Optional.of("user " + found.owner().getName() + " owns " + place);
    }
    boolean open =
        !found.isSymbolicLink()
            && (found.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || found.permissions().contains(PosixFilePermission.OTHERS_WRITE));
    return open && !isSticky(place, found)
        ? Optional.of("other users can modify " + place + ", run: chmod go-w " + place)
        : Optional.empty();
  }

  /**
   * In a sticky folder such as /tmp others may add files, but not replace those of another user.
   * The view of an open folder does not show the bit, so this reads it by path and checks that the
   * path still leads to the same folder.
   */
  private static boolean isSticky(Path place, PosixFileAttributes found) throws IOException {
    if (!found.isDirectory()) {
      return false;
    }
    int mode = (Integer) Files.getAttribute(place, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    Object key =
        Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    return (mode & STICKY) != 0 && key != null && key.equals(found.fileKey());
  }

  @Override
  public void close() throws IOException {
    SecureDirectoryStream<Path> opened = folder;
    folder = null;
    if (opened != null) {
      opened.close();
    }
  }
}
