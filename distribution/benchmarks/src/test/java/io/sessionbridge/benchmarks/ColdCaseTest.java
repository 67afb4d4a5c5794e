package io.sessionbridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ColdCaseTest {

  @Test
  void theFlagsWithAClassCacheAreThoseOfTheStartScript() throws Exception {
    String script = Files.readString(Path.of("../bundle/src/main/bin/sessionbridge"));

    assertThat(ColdCase.WITH_CACHE).allMatch(script::contains);
    assertThat(ColdCase.WITH_CACHE_25).allMatch(script::contains);
  }
}
