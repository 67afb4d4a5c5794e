package com.example.webhook;

import io.sessionbridge.spi.PluginModule;

/** Brings the sink {@code webhook}. */
public final class WebhookModule extends PluginModule {

  @Override
  protected void configure() {
    bindSink("webhook", new WebhookSinkFactory());
  }
}
