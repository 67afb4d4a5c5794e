package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How the start script starts Java if there is a class cache. The answer depends on the version of
 * Java. So the script itself gives it: it runs with an empty cache and a Java that only prints.
 *
 * @param flags the whole list, without the one that names the cache
 * @param environment variables that the script sets, each {@code NAME=VALUE}
 */
record CacheStart(List<String> flags, List<String> environment) {

  private static final String ARENAS = "MALLOC_ARENA_MAX";

  /**
   * Asks a start script.
   *
   * @param folder a new folder to work in, which stays
   * @param version of Java, as in its file {@code release}
   */
  static CacheStart of(Path script, Path folder, String version)
      throws IOException, InterruptedException {
    Path copy = Files.createDirectories(folder.resolve("bin")).resolve("sessionbridge");
    Files.copy(script, copy);
    Path lib = Files.createDirectory(folder.resolve("lib"));
    Files.createFile(lib.resolve("sessionbridge.aot"));
    Files.createFile(lib.resolve("sessionbridge.jsa"));
    Files.writeString(lib.resolve("sessionbridge.jsa.size"), "0\n");
    ProcessBuilder builder = new ProcessBuilder("sh", copy.toString());
    builder.environment().put("JAVA_HOME", printingJava(folder.resolve("java"), version));
    builder.environment().remove("SESSIONBRIDGE_JAVA_OPTS");
    builder.environment().remove(ARENAS);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> words = output.lines().toList();
    if (process.waitFor() != 0 || words.stream().noneMatch(CacheStart::namesTheCache)) {
      throw new IOException(script + " does not start Java with a class cache: " + output);
    }
    return new CacheStart(
        words.stream().takeWhile(word -> !namesTheCache(word)).toList(),
        words.stream().filter(word -> word.matches(ARENAS + "=.+")).toList());
  }

  private static boolean namesTheCache(String word) {
    return word.startsWith("-XX:AOTCache=") || word.startsWith("-XX:SharedArchiveFile=");
  }

  private static String printingJava(Path home, String version) throws IOException {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(
        java, "#!/bin/sh\nprintf '%s\\n' \"$@\" \"" + ARENAS + "=${" + ARENAS + "-}\"\n");
    if (!java.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + java + " executable");
    }
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home.toString();
  }
}
