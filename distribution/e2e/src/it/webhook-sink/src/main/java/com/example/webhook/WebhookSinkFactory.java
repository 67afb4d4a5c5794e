package com.example.webhook;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkFactory;
import java.util.Optional;

/** Makes webhook sinks. */
final class WebhookSinkFactory implements SinkFactory<WebhookConfig> {

  @Override
  public String description() {
    return "CloudEvents by HTTP POST, a batch in each request";
  }

  @Override
  public ConfigSpec<WebhookConfig> config() {
    return WebhookConfig.SPEC;
  }

  @Override
  public Optional<String> formatProblem(WebhookConfig config, String format) {
    return format.equals("cloudevents")
        ? Optional.empty()
        : Optional.of("must be cloudevents, was " + format);
  }

  @Override
  public int batchEvents() {
    return 500;
  }

  @Override
  public Sink create(SinkContext context, WebhookConfig config) {
    return new WebhookSink(config);
  }
}
