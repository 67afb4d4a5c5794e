package io.sessionbridge.source.scm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.testkit.PageContract;
import io.sessionbridge.testkit.TestingConfig;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ScmModuleTest {

  @Test
  void isFound() {
    assertThat(ServiceLoader.load(PluginModule.class)).hasAtLeastOneElementOfType(ScmModule.class);
  }

  @Test
  void readsItsConfiguration() {
    assertThat(TestingConfig.read(ScmSourceConfig.SPEC, "{}")).isEqualTo(new ScmSourceConfig());
    assertThat(TestingConfig.problems(ScmSourceConfig.SPEC, "scope: this"))
        .isEqualTo("test.yaml:1: scope is unknown, there are no keys here");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysThatItNeedsWindows() {
    assertThat(new ScmSourceFactory(Optional::empty).unavailable()).contains("needs Windows");
  }

  @Test
  void isTheDefaultInAService() {
    TestingServiceEvents service = new TestingServiceEvents();
    assertThat(new ScmSourceFactory(() -> Optional.of(service)).isDefault()).isTrue();
    assertThat(new ScmSourceFactory(Optional::empty).isDefault()).isFalse();
  }

  @Nested
  class PageTest extends PageContract {
    @Override
    protected ConfigSpec<?> spec() {
      return ScmSourceConfig.SPEC;
    }
  }
}
