package io.sessionbridge.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.testkit.PageContract;
import io.sessionbridge.testkit.TestingConfig;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The keys, as the page and the agent see them. */
final class FileModuleTest extends PageContract {

  @Override
  protected ConfigSpec<?> spec() {
    return new FileSinkFactory().config();
  }

  @Test
  void isFound() {
    assertThat(ServiceLoader.load(PluginModule.class)).hasAtLeastOneElementOfType(FileModule.class);
  }

  @Test
  void writesFlatJsonByDefault() {
    assertThat(new FileSinkFactory().defaultFormat()).isEqualTo("json");
  }

  @Test
  void reportsProblemsBetweenKeys() {
    assertThat(TestingConfig.problems(spec(), "path: events.jsonl\nkeep: 3"))
        .isEqualTo("test.yaml:2: keep needs rotate_bytes or rotate_every");
    assertThat(TestingConfig.problems(spec(), "path: \"-\"\nrotate_every: 1d"))
        .isEqualTo("test.yaml:1: path must be a file to rotate, was -");
    assertThat(TestingConfig.problems(spec(), "path: events.jsonl\nfile_mode: 0777"))
        .isEqualTo(
            "test.yaml:2: file_mode must be octal such as 0600 or 0640, and let the owner read and"
                + " write and others not write, was 0777");
  }
}
