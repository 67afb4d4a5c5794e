package io.sessionbridge.cli;

import io.sessionbridge.windows.service.JnaLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The native libraries of the jars in {@code lib}, unpacked when the bundle is built. By default
 * each library unpacks its own into a temporary or data folder, from which a system service must
 * not load code.
 */
public final class NativeLibraries {

  private static final String JNA = "jna.boot.library.path";

  private final Path root;
  private final Architecture architecture;

  /** The libraries' names of the processor. */
  private enum Architecture {
    AMD64("win32-x86-64", "win/amd64", "x86_64"),
    AARCH64("win32-aarch64", "win/aarch64", "aarch64");

    private final String jna;
    private final String zstd;
    private final String snappy;

    Architecture(String jna, String zstd, String snappy) {
      this.jna = jna;
      this.zstd = zstd;
      this.snappy = snappy;
    }
  }

  /**
   * The libraries of a bundle.
   *
   * @param home where it was unpacked
   * @param javaArchitecture {@code os.arch} of the Java that loads them
   */
  public NativeLibraries(Path home, String javaArchitecture) {
    this.root = home.resolve("lib").resolve("native");
    this.architecture =
        javaArchitecture.equals("aarch64") ? Architecture.AARCH64 : Architecture.AMD64;
  }

  /**
   * Makes this Java load them only from the bundle that it runs. Every command does so by itself,
   * because an installer runs some of them as the system, with a temporary folder in which others
   * may write. Call before the first use of JNA. A Java that was given the options, that runs no
   * bundle, or that is not on Windows stays as it is.
   *
   * @param system its properties
   * @throws CommandException if one is missing
   */
  static void use(Properties system) throws CommandException {
    String home = system.getProperty(Home.PROPERTY);
    if (home == null
        || system.containsKey(JNA)
        || !system.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    Path folder = Path.of(home).toAbsolutePath().normalize();
    for (String option : new NativeLibraries(folder, system.getProperty("os.arch", "")).options()) {
      int end = option.indexOf('=');
      // Java has read java.library.path before, so lz4 is still unpacked unless it is an option.
      system.putIfAbsent(option.substring("-D".length(), end), option.substring(end + 1));
    }
  }

  /**
   * The options that make Java load them only from there.
   *
   * @throws CommandException if one is missing
   */
  public List<String> options() throws CommandException {
    Path jna = file(root.resolve("com/sun/jna").resolve(architecture.jna), "jnidispatch.dll");
    Path zstd = file(root.resolve(architecture.zstd), "libzstd-jni-");
    Path snappy =
        file(
            root.resolve("org/xerial/snappy/native/Windows").resolve(architecture.snappy),
            "snappyjava.dll");
    List<String> options = new ArrayList<>(JnaLibrary.options(folderOf(jna)));
    options.add("-DZstdNativePath=" + zstd);
    options.add("-Dorg.xerial.snappy.lib.path=" + folderOf(snappy));
    options.add("-Dorg.xerial.snappy.lib.name=" + snappy.getFileName());
    // lz4 loads its library through Java, and works without one on other processors.
    options.add("-Djava.library.path=" + root.resolve("net/jpountz/util/windows/amd64"));
    return options;
  }

  private static Path folderOf(Path file) {
    Path folder = file.getParent();
    return folder == null ? file : folder;
  }

  private static Path file(Path folder, String beginning) throws CommandException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(beginning))
          .findFirst()
          .orElseThrow(() -> missing(folder, beginning));
    } catch (IOException e) {
      throw missing(folder, beginning);
    }
  }

  private static CommandException missing(Path folder, String beginning) {
    return new CommandException(
        "missing native library " + beginning + " in " + folder + "; unpack the bundle again");
  }
}
