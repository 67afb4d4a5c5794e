package io.sessionbridge.sink.command.writers;

import io.sessionbridge.sink.command.config.RulesShare;
import io.sessionbridge.storage.FileReason;
import java.io.IOException;
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
          "autofs", "iso9660", "udf");

  /** Which file system something is on. */
  interface Types {
    /**
     * The name of its type.
     *
     * @throws IOException if it cannot be found out
     */
    String of(Path place) throws IOException;
  }

  static InventedOwners ofThisSystem(RulesShare share) {
    return new InventedOwners(share, place -> MountTable.ofThisProcess().type(place));
  }

  private Optional<String> inventing(Path place) throws IOException {
    String type = types.of(place).toLowerCase(Locale.ROOT);
    return INVENT.contains(type) || type.startsWith("fuse.") ? Optional.of(type) : Optional.empty();
  }

  @Override
  public Optional<String> problem(Path place) {
    Optional<String> type;
    try {
      type = inventing(place);
    } catch (IOException e) {
      return Optional.of(
          "it is not known which file system " + place + " is on: " + FileReason.of(e, place));
    }
    return type.map(
        found ->
            place
                + " is on a file system ("
                + found
                + ") that does not know who may change its files");
  }

  @Override
  public boolean isVouchedFor(Path place) {
    try {
      return share == RulesShare.TRUSTED && inventing(place).isPresent();
    } catch (IOException e) {
      return false; // and so refused
    }
  }
}
