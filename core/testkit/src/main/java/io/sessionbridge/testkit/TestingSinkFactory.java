package io.sessionbridge.testkit;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes testing sinks and hands them to the test, which may steer one before it is created. */
public final class TestingSinkFactory implements SinkFactory<TestingSinkFactory.Config> {

  /** Nothing to configure. */
  public record Config() {}

  private final Map<String, TestingSink> sinks = new ConcurrentHashMap<>();

  @Override
  public String description() {
    return "what a test looks at";
  }

  @Override
  public ConfigSpec<Config> config() {
    return ConfigSpec.empty(new Config());
  }

  @Override
  public TestingSink create(SinkContext context, Config config) {
    return sink(context.id());
  }

  /** The sink of an entry; the same one after a restart of the agent, as a broker would be. */
  public TestingSink sink(String id) {
    return sinks.computeIfAbsent(id, unused -> new TestingSink());
  }
}
