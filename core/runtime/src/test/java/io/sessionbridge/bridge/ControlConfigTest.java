package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Injector;
import io.sessionbridge.config.ConfigException;
import io.sessionbridge.control.ControlConfig;
import io.sessionbridge.control.UnixTransport;
import io.sessionbridge.format.FormatsModule;
import io.sessionbridge.testkit.TestingModule;
import io.sessionbridge.testkit.TestingSinkFactory;
import io.sessionbridge.testkit.TestingSourceFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The section {@code control}. */
@DisabledOnOs(OS.WINDOWS)
class ControlConfigTest {

  private static final String REST =
      "data_dir: /d\nsources: {in: {type: testing}}\nsinks: {out: {type: testing, format: json}}\n";

  @TempDir Path folder;

  private static Plugins plugins() {
    Injector injector =
        BridgeModule.injector(
            List.of(
                new TestingModule(new TestingSourceFactory(), new TestingSinkFactory()),
                new FormatsModule()));
    return injector.getInstance(Plugins.class);
  }

  private static ControlConfig read(String text) {
    return BridgeConfigReader.parse("x.yaml", REST + text, plugins()).control();
  }

  @Test
  void isOnByDefault() {
    assertThat(read("")).isEqualTo(ControlConfig.DEFAULT);
    assertThat(read("control: {}")).isEqualTo(ControlConfig.DEFAULT);
    assertThat(read("control: false")).isEqualTo(ControlConfig.OFF);
    assertThat(read("control: {path: /run/x/socket}").addresses(new UnixTransport(), folder))
        .containsExactly("/run/x/socket");
  }

  @Test
  void reportsProblems() {
    assertThatThrownBy(() -> read("control: {path: socket}"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "x.yaml:4: control.path must be an absolute path, such as /run/sessionbridge/control");
    assertThatThrownBy(() -> read("control: yes"))
        .hasMessage("x.yaml:4: control must be a mapping of key to value, or false, was yes");
    assertThatThrownBy(() -> read("control: {pth: /x/y}")).hasMessageContaining("path");
  }

  @Test
  void clientsReadOnlyTheKeysTheyNeed() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"), "data_dir: data\nsinks: {a: {type: nonsense}}\n");
    assertThat(
            BridgeConfigReader.controlAddresses(Optional.of(file), plugins(), new UnixTransport()))
        .containsExactly(folder.resolve("data/control/socket").toString());
    Files.writeString(file, "control: false\n");
    assertThat(
            BridgeConfigReader.controlAddresses(Optional.of(file), plugins(), new UnixTransport()))
        .isEmpty();
  }
}
