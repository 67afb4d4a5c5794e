package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Injector;
import io.sessionbridge.config.ConfigException;
import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.format.FormatsModule;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceFactory;
import io.sessionbridge.testkit.TestingSinkFactory;
import io.sessionbridge.testkit.TestingSourceFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Configurations without sources. */
class DefaultSourceTest {

  private static final String SINKS = "sinks: {out: {type: testing, format: json}}\n";

  /** A source type that may be this machine's default. */
  private record Hearing(boolean isDefault) implements SourceFactory<Boolean> {
    @Override
    public String description() {
      return "hears";
    }

    @Override
    public ConfigSpec<Boolean> config() {
      return ConfigSpec.empty(true);
    }

    @Override
    public Source create(SourceContext context, Boolean config) {
      return new TestingSourceFactory().create(context, new TestingSourceFactory.Config());
    }
  }

  /** The types of this test. */
  private static final class Types extends PluginModule {
    private final boolean hears;

    Types(boolean hears) {
      this.hears = hears;
    }

    @Override
    protected void configure() {
      bindSource("ears", new Hearing(hears));
      bindSource("other", new Hearing(false));
      bindSink("testing", new TestingSinkFactory());
    }
  }

  private static BridgeConfig read(boolean hears, String text) {
    Injector injector = BridgeModule.injector(List.of(new Types(hears), new FormatsModule()));
    return BridgeConfigReader.parse("x.yaml", text, injector.getInstance(Plugins.class));
  }

  @Test
  void theDefaultTypeIsUsed() {
    assertThat(read(true, SINKS).sources())
        .singleElement()
        .satisfies(
            source -> {
              assertThat(source.id()).isEqualTo("ears");
              assertThat(source.type()).isEqualTo("ears");
            });
  }

  @Test
  void configuredSourcesReplaceTheDefault() {
    assertThat(read(true, SINKS + "sources: {mine: {type: other}}").sources())
        .extracting(SourceEntry::type)
        .containsExactly("other");
  }

  @Test
  void withoutADefaultTypeSourcesAreRequired() {
    assertThatThrownBy(() -> read(false, SINKS))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "sources is missing: only Windows has a default source; on Linux configure one, such as"
                + " recorded: {type: replay, path: day.jsonl}");
    assertThatThrownBy(() -> read(true, SINKS + "sources: {}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("sources must have at least one entry, had none");
  }
}
