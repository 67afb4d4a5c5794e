package io.sessionbridge.format;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.FormatFactory;
import io.sessionbridge.spi.PluginModule;
import java.util.List;

/** Brings the formats that need no plug-in. */
public final class FormatsModule extends PluginModule {

  @Override
  protected void configure() {
    bindFormat(
        "cloudevents",
        new Plain("CloudEvents 1.0, structured: one JSON document", new CloudEventsFormat()));
    bindFormat(
        "cloudevents_binary",
        new Plain(
            "CloudEvents 1.0, binary: attributes as headers, the data as body",
            new CloudEventsBinaryFormat()));
    bindFormat("json", new Plain("one flat JSON object: identity and fields", new JsonFormat()));
    bindFormat("sentence", new Plain("a sentence for people, UTF-8", new SentenceFormat()));
  }

  /** A format with nothing to configure. */
  private record Plain(String description, EventFormat format)
      implements FormatFactory<Plain.None> {

    record None() {}

    @Override
    public ConfigSpec<None> config() {
      return new ConfigSpec<>(List.of(), values -> new None());
    }

    @Override
    public EventFormat create(None config) {
      return format;
    }
  }
}
