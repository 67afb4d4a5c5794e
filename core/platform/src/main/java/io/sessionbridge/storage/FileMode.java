package io.sessionbridge.storage;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The permissions of new files, where the file system has POSIX permissions. No effect elsewhere:
 * on Windows a file inherits the access list of its folder.
 *
 * @param permissions of a file; a folder also has the execute permission for each reader
 */
public record FileMode(Set<PosixFilePermission> permissions) {

  /** 0600: only the owner. */
  public static final FileMode PRIVATE = new FileMode(PosixFilePermissions.fromString("rw-------"));

  /** In the order of {@code rwxrwxrwx}, each with half the value of the previous one. */
  private static final List<PosixFilePermission> FROM_LEFT = List.of(PosixFilePermission.values());

  private static final Pattern OCTAL = Pattern.compile("0?([0-7])([0-7])([0-7])");

  public FileMode {
    permissions = Collections.unmodifiableSet(EnumSet.copyOf(permissions));
  }

  /**
   * Parses a mode such as {@code 0640}. The owner must be able to read and write, nobody may
   * execute, and only the owner may write.
   */
  public static Optional<FileMode> parse(String octal) {
    if (!OCTAL.matcher(octal).matches()) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(octal, 8);
    boolean sound = (bits & 0600) == 0600 && (bits & 0113) == 0;
    return sound ? Optional.of(of(bits)) : Optional.empty();
  }

  private static FileMode of(int bits) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < FROM_LEFT.size(); i++) {
      if ((bits & (0400 >> i)) != 0) {
        permissions.add(FROM_LEFT.get(i));
      }
    }
    return new FileMode(permissions);
  }

  /** The permissions of a folder for such files. */
  public FileMode folder() {
    Set<PosixFilePermission> more = EnumSet.copyOf(permissions);
    add(more, OWNER_READ, OWNER_EXECUTE);
    add(more, GROUP_READ, GROUP_EXECUTE);
    add(more, OTHERS_READ, OTHERS_EXECUTE);
    return new FileMode(more);
  }

  private static void add(
      Set<PosixFilePermission> to, PosixFilePermission reader, PosixFilePermission entrant) {
    if (to.contains(reader)) {
      to.add(entrant);
    }
  }

  /** Attributes for the call that creates the file, so that it never has another mode. */
  public FileAttribute<?>[] attributes(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  /**
   * Adds the permissions that the umask removed from a new file. The umask never adds any, so a
   * private file needs no call.
   */
  void widen(Path file) throws IOException {
    if (equals(PRIVATE)) {
      return;
    }
    PosixFileAttributeView view = view(file);
    if (view != null && !view.readAttributes().permissions().containsAll(permissions)) {
      view.setPermissions(permissions);
    }
  }

  /**
   * Removes every permission beyond this mode. Ignores symbolic links.
   *
   * @return the previous permissions, as {@code rwxr-xr-x}; empty if nothing was removed
   */
  public Optional<String> tighten(Path file) throws IOException {
    PosixFileAttributeView view = view(file);
    if (view == null || Files.isSymbolicLink(file)) {
      return Optional.empty();
    }
    Set<PosixFilePermission> before = view.readAttributes().permissions();
    if (permissions.containsAll(before)) {
      return Optional.empty();
    }
    Set<PosixFilePermission> after = EnumSet.copyOf(before);
    after.retainAll(permissions);
    view.setPermissions(after);
    return Optional.of(PosixFilePermissions.toString(before));
  }

  private static @Nullable PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** As for {@code chmod}: {@code 0600}. */
  @Override
  public String toString() {
    int bits = 0;
    for (PosixFilePermission permission : permissions) {
      bits |= 0400 >> FROM_LEFT.indexOf(permission);
    }
    return String.format("%04o", bits);
  }
}
