package io.sessionbridge.storage;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks that other users cannot access a file with a secret. Files without POSIX permissions are
 * not checked.
 */
public final class SecretPermissions {

  private static final Path OWN_PROCESS = Path.of("/proc/self/status");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@%+=:,-]+");
  private static final int ROOT_GROUP = 0;

  private SecretPermissions() {}

  /**
   * What is wrong, with the command that fixes it, as text that follows the name of the key or
   * file; empty if nothing is or the file does not exist.
   */
  public static Optional<String> problem(Path file) {
    try {
      if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        return Optional.empty();
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return who(file, permissions)
          .map(
              who ->
                  who
                      + " (mode "
                      + new FileMode(permissions)
                      + "), run: chmod 600 "
                      + quoted(file.toString()));
    } catch (IOException e) {
      return Optional.empty(); // reading the file reports the reason
    }
  }

  private static Optional<String> who(Path file, Set<PosixFilePermission> permissions)
      throws IOException {
    if (permissions.contains(OTHERS_READ)) {
      return Optional.of("must not be readable by all users");
    }
    if (permissions.contains(OTHERS_WRITE) || permissions.contains(GROUP_WRITE)) {
      return Optional.of("must not be writable by other users");
    }
    if (permissions.contains(GROUP_READ) && !isOwnGroup(file)) {
      return Optional.of("must not be readable by a group that the agent is not in");
    }
    return Optional.empty();
  }

  private static boolean isOwnGroup(Path file) throws IOException {
    int group = (Integer) Files.getAttribute(file, "unix:gid");
    if (group == ROOT_GROUP || !Files.isReadable(OWN_PROCESS)) {
      return true; // systemd credentials belong to root's group; without /proc the groups are
      // unknown
    }
    try (Stream<String> lines = Files.lines(OWN_PROCESS)) {
      return lines
          .filter(line -> line.startsWith("Gid:") || line.startsWith("Groups:"))
          .flatMap(line -> Stream.of(line.split("\\s+")).skip(1))
          .anyMatch(Integer.toString(group)::equals);
    }
  }

  private static String quoted(String path) {
    return PLAIN.matcher(path).matches() ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
