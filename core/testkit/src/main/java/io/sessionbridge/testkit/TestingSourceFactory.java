package io.sessionbridge.testkit;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes testing sources and hands them to the test. */
public final class TestingSourceFactory implements SourceFactory<TestingSourceFactory.Config> {

  /** Nothing to configure. */
  public record Config() {}

  private final Map<String, TestingSource> sources = new ConcurrentHashMap<>();

  @Override
  public String description() {
    return "what a test tells";
  }

  @Override
  public ConfigSpec<Config> config() {
    return ConfigSpec.empty(new Config());
  }

  @Override
  public TestingSource create(SourceContext context, Config config) {
    TestingSource source = new TestingSource(context);
    sources.put(context.id(), source);
    return source;
  }

  /** The source of an entry, the last one that was created. */
  public TestingSource source(String id) {
    TestingSource source = sources.get(id);
    if (source == null) {
      throw new AssertionError("no source " + id + ", there are " + sources.keySet());
    }
    return source;
  }
}
