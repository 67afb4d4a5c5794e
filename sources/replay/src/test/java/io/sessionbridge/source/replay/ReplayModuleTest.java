package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.testkit.PageContract;
import io.sessionbridge.testkit.TestingConfig;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What a reader of the page and the agent find. */
final class ReplayModuleTest extends PageContract {

  @Override
  protected ConfigSpec<?> spec() {
    return new ReplaySourceFactory().config();
  }

  @Test
  void isFound() {
    assertThat(ServiceLoader.load(PluginModule.class))
        .hasAtLeastOneElementOfType(ReplayModule.class);
  }

  @Test
  void reportsEveryMistakeInItsKeys() {
    assertThat(TestingConfig.problems(spec(), "pth: x\nspeed: 0\nfollow: maybe\non_bad_line: stop"))
        .contains("did you mean path?", "speed must be between", "follow must be", "fail, skip");
  }
}
