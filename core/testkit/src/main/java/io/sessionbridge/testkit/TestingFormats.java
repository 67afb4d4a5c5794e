package io.sessionbridge.testkit;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import io.sessionbridge.format.FormatsModule;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.FormatFactory;
import java.util.Map;

/** The real formats, by their names in the configuration. */
public final class TestingFormats {

  private static final Map<String, FormatFactory<?>> FACTORIES =
      Guice.createInjector(new FormatsModule())
          .getInstance(Key.get(new TypeLiteral<Map<String, FormatFactory<?>>>() {}));

  private TestingFormats() {}

  /** The format with its defaults. */
  public static EventFormat named(String name) {
    FormatFactory<?> factory = FACTORIES.get(name);
    if (factory == null) {
      throw new IllegalArgumentException("no format " + name + ", there are " + FACTORIES.keySet());
    }
    return create(factory);
  }

  private static <C> EventFormat create(FormatFactory<C> factory) {
    return factory.create(TestingConfig.read(factory.config(), "{}"));
  }
}
