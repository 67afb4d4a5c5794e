package io.sessionbridge.format;

import io.sessionbridge.spi.PluginModule;

/** Registers the built-in formats. */
public final class FormatsModule extends PluginModule {

  @Override
  protected void configure() {
    bindFormat(
        "cloudevents", "CloudEvents 1.0, structured: one JSON document", new CloudEventsFormat());
    bindFormat(
        "cloudevents_binary",
        "CloudEvents 1.0, binary: attributes as headers, the data as body",
        new CloudEventsBinaryFormat());
    bindFormat("json", "one flat JSON object: identity and fields", new JsonFormat());
    bindFormat("sentence", "a sentence for people, UTF-8", new SentenceFormat());
  }
}
