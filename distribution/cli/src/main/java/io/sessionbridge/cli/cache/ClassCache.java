package io.sessionbridge.cli.cache;

import io.sessionbridge.cli.Home;
import io.sessionbridge.windows.window.SessionWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which Java keeps this program's classes ready to use. Java accepts it only with the
 * Java and the jars that it was made with. From Java 25 on it is an AOT cache (JEP 514), before a
 * static class data archive. The start scripts look for the same file.
 *
 * @param file its place, whether it exists or not
 * @param aot whether it is an AOT cache
 */
public record ClassCache(Path file, boolean aot) {

  private static final Logger LOG = LoggerFactory.getLogger(ClassCache.class);

  /** Names the file of which Java was asked to take classes. */
  private static final String USED = "sessionbridge.cache";

  /** Names a file that is missing or damaged, so that Java was not asked to use it. */
  private static final String UNUSED = "sessionbridge.cache.unused";

  private static final int FIRST_WITH_AOT = 25;

  /** The cache of this program for the Java that runs it. */
  public static ClassCache ofThisJava() {
    return of(
        Home.folder().toAbsolutePath().normalize(),
        Path.of(System.getProperty("java.home")),
        Runtime.version().feature());
  }

  static ClassCache of(Path home, Path javaHome, int feature) {
    Path runtime = home.resolve("runtime");
    Path folder = javaHome.normalize().equals(runtime) ? runtime : home;
    boolean aot = feature >= FIRST_WITH_AOT;
    return new ClassCache(
        folder.resolve("lib").resolve(aot ? "sessionbridge.aot" : "sessionbridge.jsa"), aot);
  }

  /**
   * Whether the start scripts and the service use one. Windows packages bring a Java that has AOT
   * caches; those of older ones are not checked for their length when they are opened.
   */
  public boolean isSupported() {
    return aot || !SessionWindow.isSupported();
  }

  /** Beside an archive: its length. Java 17 crashes on an archive that was cut off. */
  Path lengthFile() {
    return file.resolveSibling(file.getFileName() + ".size");
  }

  /**
   * The options with which Java takes classes from it, or else the one that reports its absence.
   */
  public List<String> options() {
    if (!Files.isRegularFile(file)) {
      return List.of("-D" + UNUSED + "=" + file);
    }
    return List.of(
        // In place of several lines on standard error the agent logs one.
        "-Xlog:disable",
        "-Xlog:all=warning,cds*=off" + (aot ? ",aot*=off" : "") + ":stderr",
        // At the address for which it was made, none of its pages has to be changed.
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:ArchiveRelocationMode=0",
        use(file),
        "-D" + USED + "=" + file);
  }

  String use(Path cache) {
    return (aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + cache;
  }

  /** Deletes it. */
  public void delete() throws IOException {
    Files.deleteIfExists(lengthFile());
    Files.deleteIfExists(file);
  }

  /** Logs one line if this Java should use a cache and does not. */
  public static void reportUnused() {
    unused(
            Optional.ofNullable(System.getProperty(USED)),
            Optional.ofNullable(System.getProperty(UNUSED)),
            System.getProperty("java.vm.info", ""))
        .ifPresent(LOG::warn);
  }

  /**
   * What to report.
   *
   * @param vmInfo what Java says of itself, such as {@code mixed mode, sharing}
   */
  static Optional<String> unused(Optional<String> used, Optional<String> unused, String vmInfo) {
    return unused
        .map(file -> "is missing or damaged: " + file)
        .or(
            () ->
                used.filter(file -> !vmInfo.contains("sharing"))
                    .map(file -> "is damaged or was made for another Java or other jars: " + file))
        .map(
            why ->
                "the class cache "
                    + why
                    + "; the agent runs without it and starts more slowly; make it again with"
                    + " sessionbridge class-cache, as root or administrator");
  }
}
