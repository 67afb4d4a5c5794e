package io.sessionbridge.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sessionbridge.config.tree.ConfigMapping;
import java.util.Optional;

/** Any text as a configuration: it is a mapping, or there is a problem. */
class ConfigFileFuzzTest {

  @FuzzTest
  void isAMappingOrAProblem(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    Problems problems = new Problems();
    Optional<ConfigMapping> top = ConfigFile.parse("fuzz.yaml", text, problems);
    boolean failed = false;
    try {
      problems.throwIfAny();
    } catch (ConfigException e) {
      failed = true;
      assertThat(e).message().contains("fuzz.yaml");
    }
    assertThat(top.isPresent() || failed).as("neither a mapping nor a problem").isTrue();
  }
}
