package io.sessionbridge.source.sens;

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

class SensModuleTest {

  @Test
  void isFound() {
    assertThat(ServiceLoader.load(PluginModule.class)).hasAtLeastOneElementOfType(SensModule.class);
  }

  @Test
  void readsItsConfiguration() {
    assertThat(TestingConfig.read(SensSourceConfig.SPEC, "{}"))
        .isEqualTo(new SensSourceConfig(false, false));
    assertThat(TestingConfig.read(SensSourceConfig.SPEC, "{per_user: true, invoke_only: true}"))
        .isEqualTo(new SensSourceConfig(true, true));
    assertThat(TestingConfig.problems(SensSourceConfig.SPEC, "per_users: true"))
        .isEqualTo("test.yaml:1: per_users is unknown, did you mean per_user?");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysThatItNeedsWindows() {
    assertThat(new SensSourceFactory(Optional::empty).unavailable()).contains("needs Windows");
  }

  @Nested
  class PageTest extends PageContract {
    @Override
    protected ConfigSpec<?> spec() {
      return SensSourceConfig.SPEC;
    }
  }
}
