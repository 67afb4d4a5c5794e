package io.sessionbridge.testkit;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.spi.SourceFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Creates testing sources and gives the test access to them. */
public final class TestingSourceFactory implements SourceFactory<TestingSourceFactory.Config> {

  /** A configuration without keys. */
  public record Config() {}

  private final Map<String, TestingSource> sources = new ConcurrentHashMap<>();
  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final Map<String, RuntimeException> defects = new ConcurrentHashMap<>();

  @Override
  public String description() {
    return "a source for tests";
  }

  @Override
  public ConfigSpec<Config> config() {
    return ConfigSpec.empty(new Config());
  }

  @Override
  public TestingSource create(SourceContext context, Config config) {
    RuntimeException defect = defects.get(context.id());
    if (defect != null) {
      throw defect;
    }
    TestingSource source = new TestingSource(context, () -> requireStartable(context.id()));
    sources.put(context.id(), source);
    return source;
  }

  private void requireStartable(String id) throws SourceException {
    String failure = failures.get(id);
    if (failure != null) {
      throw new SourceException(failure);
    }
  }

  /** Makes the starts of an entry's sources fail, until {@link #allowStart}. */
  public void failStart(String id, String reason) {
    failures.put(id, reason);
  }

  /** Makes {@link #create} throw for an entry, until {@link #allowStart}. */
  public void failCreate(String id, RuntimeException defect) {
    defects.put(id, defect);
  }

  /** Ends {@link #failStart} and {@link #failCreate}. */
  public void allowStart(String id) {
    failures.remove(id);
    defects.remove(id);
  }

  /** The source of an entry that was created last. */
  public TestingSource source(String id) {
    TestingSource source = sources.get(id);
    if (source == null) {
      throw new AssertionError("no source " + id + ", there are " + sources.keySet());
    }
    return source;
  }
}
