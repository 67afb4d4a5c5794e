package io.sessionbridge.source.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.testkit.PageContract;
import io.sessionbridge.testkit.TestingConfig;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class KernelModuleTest {

  @Test
  void isFound() {
    assertThat(ServiceLoader.load(PluginModule.class))
        .hasAtLeastOneElementOfType(KernelModule.class);
  }

  @Test
  void readsItsConfiguration() {
    assertThat(TestingConfig.read(KernelSourceConfig.SPEC, "{}"))
        .isEqualTo(new KernelSourceConfig());
    assertThat(TestingConfig.problems(KernelSourceConfig.SPEC, "ring: 9"))
        .isEqualTo("test.yaml:1: ring is unknown, there are no keys here");
  }

  @Test
  void isUsedOnlyWhereItIsConfigured() {
    assertThat(new KernelSourceFactory().isDefault()).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysThatItNeedsWindows() {
    assertThat(new KernelSourceFactory().unavailable()).contains("needs Windows");
  }

  @Nested
  class PageTest extends PageContract {
    @Override
    protected ConfigSpec<?> spec() {
      return KernelSourceConfig.SPEC;
    }
  }
}
