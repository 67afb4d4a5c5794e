package io.sessionbridge.source.wts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.testkit.PageContract;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.windows.service.ServiceEvents;
import io.sessionbridge.windows.service.ServiceListener;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class WtsModuleTest {

  @Test
  void isFound() {
    assertThat(ServiceLoader.load(PluginModule.class)).hasAtLeastOneElementOfType(WtsModule.class);
  }

  @Test
  void readsItsConfiguration() {
    assertThat(TestingConfig.read(WtsSourceConfig.SPEC, "{}").scope())
        .isEqualTo(WtsSourceConfig.Scope.ALL);
    assertThat(TestingConfig.read(WtsSourceConfig.SPEC, "scope: this").scope())
        .isEqualTo(WtsSourceConfig.Scope.THIS);
    assertThat(TestingConfig.problems(WtsSourceConfig.SPEC, "scope: mine"))
        .isEqualTo("test.yaml:1: scope must be one of all, this, was mine");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysThatItNeedsWindows() {
    assertThat(new WtsSourceFactory(Optional::empty).unavailable()).contains("needs Windows");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void isNoDefaultWhereItCannotWork() {
    assertThat(new WtsSourceFactory(Optional::empty).isDefault()).isFalse();
  }

  @Test
  @EnabledOnOs(OS.WINDOWS)
  void isTheDefaultOutsideOfAService() {
    assertThat(new WtsSourceFactory(Optional::empty).isDefault()).isTrue();
    assertThat(new WtsSourceFactory(() -> Optional.of(new SilentService())).isDefault()).isFalse();
  }

  @Nested
  class PageTest extends PageContract {
    @Override
    protected ConfigSpec<?> spec() {
      return WtsSourceConfig.SPEC;
    }
  }

  /** A service that receives nothing. */
  private static final class SilentService implements ServiceEvents {
    @Override
    public Subscription subscribe(ServiceListener listener) {
      return () -> {};
    }

    @Override
    public Optional<String> problem() {
      return Optional.empty();
    }

    @Override
    public void renew() {}
  }
}
