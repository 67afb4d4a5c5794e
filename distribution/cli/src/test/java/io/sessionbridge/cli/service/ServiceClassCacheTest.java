package io.sessionbridge.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.cli.cache.ClassCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServiceClassCacheTest {

  @TempDir private Path home;

  /** The training runs a Java that finds no agent. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the archives of Java 17 are for Linux only")
  void aFailedTrainingIsLoggedAndTheServiceGetsItsOptions() throws Exception {
    ClassCache cache =
        new ClassCache(
            Files.createDirectories(home.resolve("lib")).resolve("sessionbridge.jsa"), false);
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            home.resolve("nothing").toString());
    List<String> log = new ArrayList<>();

    List<String> options = new ServiceClassCache(cache, log::add).make(List.of("-Xmx96m"), java);

    assertThat(options).containsExactly("-Xmx96m", "-Dsessionbridge.cache.unused=" + cache.file());
    assertThat(log).hasSize(1);
    assertThat(log.get(0))
        .startsWith(
            "The class cache of SessionBridge was not made, so the service may start more slowly:"
                + " Java refuses the class cache that it made: ");
    assertThat(cache.file().getParent()).isEmptyDirectory();
  }
}
