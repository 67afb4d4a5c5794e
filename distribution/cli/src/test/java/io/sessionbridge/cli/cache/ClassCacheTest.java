package io.sessionbridge.cli.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCacheTest {

  @TempDir private Path home;

  @Test
  void isBesideTheJavaOfThePackageOrElseBesideTheJars() {
    assertThat(ClassCache.of(home, home.resolve("runtime"), 25).file())
        .isEqualTo(home.resolve("runtime/lib/sessionbridge.aot"));
    assertThat(ClassCache.of(home, Path.of("/usr/lib/jvm/25"), 25).file())
        .isEqualTo(home.resolve("lib/sessionbridge.aot"));
    assertThat(ClassCache.of(home, Path.of("/usr/lib/jvm/17"), 17).file())
        .isEqualTo(home.resolve("lib/sessionbridge.jsa"));
  }

  @Test
  void isUsedOnceItExists() throws Exception {
    ClassCache cache = ClassCache.of(home, Path.of("/usr/lib/jvm/25"), 25);
    assertThat(cache.options())
        .containsExactly("-Dsessionbridge.cache.unused=" + home.resolve("lib/sessionbridge.aot"));

    Files.createDirectories(home.resolve("lib"));
    Files.createFile(cache.file());
    assertThat(cache.options())
        .contains(
            "-XX:AOTCache=" + cache.file(),
            "-Dsessionbridge.cache=" + cache.file(),
            "-Xlog:all=warning,cds*=off,aot*=off:stderr");

    cache.delete();
    assertThat(cache.file()).doesNotExist();
  }

  @Test
  void olderJavasHaveAnArchiveAndKnowNoAot() throws Exception {
    ClassCache cache = ClassCache.of(home, Path.of("/usr/lib/jvm/17"), 17);
    Files.createDirectories(home.resolve("lib"));
    Files.createFile(cache.file());
    assertThat(cache.options())
        .contains("-XX:SharedArchiveFile=" + cache.file(), "-Xlog:all=warning,cds*=off:stderr");
  }

  @Test
  void aCacheThatJavaDoesNotUseIsReported() {
    String end =
        "; the agent runs without it and starts more slowly; make it again with sessionbridge"
            + " class-cache, as root or administrator";
    Optional<String> none = Optional.empty();
    assertThat(ClassCache.unused(none, none, "mixed mode")).isEmpty();
    assertThat(ClassCache.unused(Optional.of("/c.aot"), none, "mixed mode, sharing")).isEmpty();
    assertThat(ClassCache.unused(Optional.of("/c.aot"), none, "mixed mode, emulated-client"))
        .contains(
            "the class cache is damaged or was made for another Java or other jars: /c.aot" + end);
    assertThat(ClassCache.unused(none, Optional.of("/c.jsa"), "mixed mode, sharing"))
        .contains("the class cache is missing or damaged: /c.jsa" + end);
  }

  @Test
  void trainsWithoutFoldersThatHaveNoJars() throws Exception {
    Path lib = Files.createDirectories(home.resolve("lib"));
    Path plugins = Files.createDirectories(home.resolve("plugins"));
    Files.createFile(lib.resolve("a.jar"));
    Files.createFile(plugins.resolve("README.txt"));
    String classPath = lib + "/*;" + plugins + "/*;" + home.resolve("absent") + "/*;b.jar";

    assertThat(CacheTraining.recordable(classPath, ";")).isEqualTo(lib + "/*;b.jar");

    Files.createFile(plugins.resolve("own.JAR"));
    assertThat(CacheTraining.recordable(classPath, ";"))
        .isEqualTo(lib + "/*;" + plugins + "/*;b.jar");
  }

  /** With a cache in use, so that it can be replaced. */
  @Test
  void trainsWithoutOptionsOfACacheInUse() {
    assertThat(
            ClassCacheCommand.trainingOptions(
                List.of(
                    "-Xms12m",
                    "-Xlog:disable",
                    "-Xlog:all=warning,cds*=off,aot*=off:stderr",
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:ArchiveRelocationMode=0",
                    "-XX:-AOTReplayTraining",
                    "-XX:AOTCache=/opt/lib/sessionbridge.aot",
                    "-Dsessionbridge.cache=/opt/lib/sessionbridge.aot",
                    "-Dsessionbridge.home=/opt"),
                Map.of()))
        .containsExactly("-Xms12m", "-XX:+UnlockDiagnosticVMOptions", "-Dsessionbridge.home=/opt");
  }

  /** A cache that was made with them would fit with them alone. */
  @Test
  void trainsWithoutOptionsForAllJavas() {
    assertThat(
            ClassCacheCommand.trainingOptions(
                List.of("-Dx=a b", "-Xmx96m", "-Xmx96m"),
                Map.of("JAVA_TOOL_OPTIONS", "-Dx='a b' -Xmx96m")))
        .containsExactly("-Xmx96m");
  }
}
