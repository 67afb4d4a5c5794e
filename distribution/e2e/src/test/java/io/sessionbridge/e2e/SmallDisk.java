package io.sessionbridge.e2e;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of a few megabytes, which a test can fill. Skips the test where none can be mounted. */
public final class SmallDisk {

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one.
   *
   * @param folder that does not exist yet
   */
  public static SmallDisk mount(Path folder, int mebibytes)
      throws IOException, InterruptedException {
    Files.createDirectory(folder);
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
    RequiredTool.require(mounted, "a small disk could not be mounted: not root, or not Linux");
    return new SmallDisk(folder);
  }

  public Path folder() {
    return folder;
  }

  public void unmount() throws InterruptedException {
    run("umount", "-l", folder.toString());
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false; // no such program here
    }
  }
}
