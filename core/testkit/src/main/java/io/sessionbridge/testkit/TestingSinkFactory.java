package io.sessionbridge.testkit;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Creates testing sinks and gives the test access to them, even before they are created. */
public final class TestingSinkFactory implements SinkFactory<TestingSinkFactory.Config> {

  /** A configuration without keys. */
  public record Config() {}

  private final Map<String, TestingSink> sinks = new ConcurrentHashMap<>();
  private final Map<String, Throwable> defects = new ConcurrentHashMap<>();

  @Override
  public String description() {
    return "a sink for tests";
  }

  @Override
  public ConfigSpec<Config> config() {
    return ConfigSpec.empty(new Config());
  }

  @Override
  public TestingSink create(SinkContext context, Config config) {
    Throwable defect = defects.get(context.id());
    if (defect instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (defect instanceof Error error) {
      throw error;
    }
    return sink(context.id());
  }

  /** Makes {@link #create} throw for an entry, until {@link #allowCreate}. */
  public void failCreate(String id, RuntimeException defect) {
    defects.put(id, defect);
  }

  /** Makes {@link #create} throw for an entry, until {@link #allowCreate}. */
  public void failCreate(String id, Error defect) {
    defects.put(id, defect);
  }

  /** Ends {@link #failCreate}. */
  public void allowCreate(String id) {
    defects.remove(id);
  }

  /** The sink of an entry; the same one after a restart of the agent, as a broker would be. */
  public TestingSink sink(String id) {
    return sinks.computeIfAbsent(id, unused -> new TestingSink());
  }
}
