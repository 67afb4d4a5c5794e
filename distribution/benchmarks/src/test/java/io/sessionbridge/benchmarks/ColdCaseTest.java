package io.sessionbridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColdCaseTest {

  private static final Path SCRIPT = Path.of("../bundle/src/main/bin/sessionbridge");
  private static final String TRIM = "-XX:TrimNativeHeapInterval=30000";
  private static final String NO_PROFILES = "-XX:-AOTReplayTraining";

  @TempDir Path folder;

  private ColdCase cache(String version) throws Exception {
    CacheStart cached = CacheStart.of(SCRIPT, folder.resolve(version), version);
    return ColdCase.around(List.of("-Xmx96m"), cached).stream()
        .filter(one -> one.name().equals("cache"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theCaseWithAClassCacheHasAllThatTheStartScriptSets() throws Exception {
    ColdCase cache = cache("25.0.4.1");

    assertThat(cache.environment()).containsExactly("MALLOC_ARENA_MAX=1");
    assertThat(cache.flags())
        .startsWith("-Xms20m", "-Xmx96m")
        .endsWith(
            "--enable-native-access=ALL-UNNAMED",
            "-Xlog:disable",
            "-Xlog:all=warning,cds*=off,aot*=off:stderr",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            "-XX:AsyncDeflationInterval=5000",
            "-Xms8m",
            "-XX:NewSize=4m",
            NO_PROFILES,
            TRIM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"17.0.15", "21.0.8"})
  void theTrimIsSetForOlderVersionsThatKnowIt(String version) throws Exception {
    assertThat(cache(version).flags()).contains(TRIM).doesNotContain(NO_PROFILES);
  }

  @Test
  void theTrimIsNotSetForAVersionThatDoesNotKnowIt() throws Exception {
    assertThat(cache("17.0.14").flags()).doesNotContain(TRIM).endsWith("-XX:NewSize=4m");
  }

  @Test
  void aStartScriptThatUsesNoCacheIsReported() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "echo hello\n");

    assertThatThrownBy(() -> CacheStart.of(other, folder.resolve("home"), "25"))
        .isInstanceOf(IOException.class)
        .hasMessage(other + " does not start Java with a class cache: hello\n");
  }
}
