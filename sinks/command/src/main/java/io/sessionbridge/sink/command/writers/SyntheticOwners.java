package io.sessionbridge.sink.command.writers;

import io.sessionbridge.sink.command.config.RulesShare;
import io.sessionbridge.storage.FileReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * File systems whose owners and modes come from mount options and do not show who can modify a
 * file. A Windows share that root has mounted shows root as the owner of everything.
 */
record SyntheticOwners(RulesShare share, Types types) implements PathWalk.Trust {

  private static final Set<String> SYNTHETIC =
      Set.of(
          "cifs", "smb3", "smbfs", "9p", "drvfs", "vfat", "msdos", "umsdos", "exfat", "ntfs",
          "ntfs3", "ntfs-3g", "fuse", "fuseblk", "vboxsf", "prl_fs", "hfs", "ncpfs", "afs", "davfs",
          "autofs", "iso9660", "udf");

  /** Finds the file system of a path. */
  interface Types {
    /**
     * The name of its type.
     *
     * @throws IOException if it cannot be determined
     */
    String of(Path place) throws IOException;
  }

  static SyntheticOwners ofThisSystem(RulesShare share) {
    return new SyntheticOwners(share, place -> MountTable.ofThisProcess().type(place));
  }

  private Optional<String> syntheticType(Path place) throws IOException {
    String type = types.of(place).toLowerCase(Locale.ROOT);
    return SYNTHETIC.contains(type) || type.startsWith("fuse.")
        ? Optional.of(type)
        : Optional.empty();
  }

  @Override
  public Optional<String> problem(Path place) {
    Optional<String> type;
    try {
      type = syntheticType(place);
    } catch (IOException e) {
      return Optional.of(
          "cannot determine the file system of " + place + ": " + FileReason.of(e, place));
    }
    return type.map(
        found ->
            place
                + " is on a file system ("
                + found
                + ") that does not record who can modify its files");
  }

  @Override
  public boolean isVouchedFor(Path place) {
    try {
      return share == RulesShare.TRUSTED && syntheticType(place).isPresent();
    } catch (IOException e) {
      return false; // then problem() refuses it
    }
  }
}
