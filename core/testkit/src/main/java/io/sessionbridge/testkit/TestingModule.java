package io.sessionbridge.testkit;

import io.sessionbridge.spi.PluginModule;

/** Registers the source and the sink {@code testing}, whose factories the test controls. */
public final class TestingModule extends PluginModule {

  private final TestingSourceFactory sources;
  private final TestingSinkFactory sinks;

  public TestingModule(TestingSourceFactory sources, TestingSinkFactory sinks) {
    this.sources = sources;
    this.sinks = sinks;
  }

  @Override
  protected void configure() {
    bindSource("testing", sources);
    bindSink("testing", sinks);
  }
}
