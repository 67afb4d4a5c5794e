package io.sessionbridge.sink.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * File systems whose owners and modes are those of a mount option and not of who may change a file:
 * a share of Windows that is mounted by root shows everything as root's.
 */
record InventedOwners(RulesShare share, Types types) implements PosixWay.Trust {

  private static final Set<String> INVENT =
      Set.of(
          "cifs", "smb3", "smbfs", "9p", "drvfs", "vfat", "msdos", "umsdos", "exfat", "ntfs",
          "ntfs3", "ntfs-3g", "fuse", "fuseblk", "vboxsf", "prl_fs", "hfs", "ncpfs", "afs", "davfs",
          "iso9660", "udf");

  /** Which file system something is on. */
  interface Types {
    String of(Path place) throws IOException;
  }

  static InventedOwners ofThisSystem(RulesShare share) {
    return new InventedOwners(share, InventedOwners::type);
  }

  /** What the table of mounts does not show is the root of a chroot, which is no share. */
  private static String type(Path place) {
    try {
      return Files.getFileStore(place).type();
    } catch (IOException e) {
      return "";
    }
  }

  private Optional<String> inventing(Path place) throws IOException {
    String type = types.of(place).toLowerCase(Locale.ROOT);
    return INVENT.contains(type) || type.startsWith("fuse.") ? Optional.of(type) : Optional.empty();
  }

  @Override
  public Optional<String> problem(Path place) throws IOException {
    return inventing(place)
        .map(
            type ->
                place
                    + " is on a file system ("
                    + type
                    + ") that does not know who may change its files");
  }

  @Override
  public boolean isVouchedFor(Path place) throws IOException {
    return share == RulesShare.TRUSTED && inventing(place).isPresent();
  }
}
