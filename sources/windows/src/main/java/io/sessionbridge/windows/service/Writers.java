package io.sessionbridge.windows.service;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who may change what a service runs: all of them are as mighty as the service. A folder that was
 * made in the root of a disk may be changed by every user of the machine.
 */
public final class Writers {

  /** SYSTEM, administrators, TrustedInstaller, and whoever of them makes a file. */
  private static final List<String> TRUSTED =
      List.of(
          "S-1-5-18",
          "S-1-5-32-544",
          "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
          "S-1-3-0");

  private static final Set<AclEntryPermission> CHANGES =
      Collections.unmodifiableSet(
          EnumSet.of(
              AclEntryPermission.WRITE_DATA,
              AclEntryPermission.APPEND_DATA,
              AclEntryPermission.DELETE,
              AclEntryPermission.DELETE_CHILD,
              AclEntryPermission.WRITE_ACL,
              AclEntryPermission.WRITE_OWNER));

  private Writers() {}

  /**
   * The names of those besides the system and its administrators who may change a file, or what is
   * in a folder; none where files have no access lists.
   */
  public static Set<String> of(Path path) throws IOException {
    AclFileAttributeView view = Files.getFileAttributeView(path, AclFileAttributeView.class);
    return view == null ? Set.of() : among(view.getAcl(), trusted());
  }

  /** By their names in the language of this Windows, by which Java calls them. */
  private static Set<String> trusted() {
    return TRUSTED.stream().flatMap(sid -> name(sid).stream()).collect(Collectors.toSet());
  }

  private static Optional<String> name(String sid) {
    try {
      return Optional.of(Advapi32Util.getAccountBySid(sid).fqn);
    } catch (Win32Exception e) {
      return Optional.empty(); // this Windows has no such account, so that no file is its own
    }
  }

  static Set<String> among(List<AclEntry> entries, Set<String> trusted) {
    return entries.stream()
        .filter(entry -> entry.type() == AclEntryType.ALLOW)
        .filter(entry -> !Collections.disjoint(entry.permissions(), CHANGES))
        .map(entry -> entry.principal().getName())
        .filter(name -> !trusted.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
