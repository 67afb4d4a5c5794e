package io.sessionbridge.testkit;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.FormatFactory;
import io.sessionbridge.spi.PluginModule;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The real formats, by their names in the configuration. */
public final class TestingFormats {

  private static final String PACKAGE = "io.sessionbridge.format";

  private static final Map<String, FormatFactory<?>> FACTORIES =
      Guice.createInjector(modules())
          .getInstance(Key.get(new TypeLiteral<Map<String, FormatFactory<?>>>() {}));

  private TestingFormats() {}

  /** The modules with formats on the class path of the tests. */
  private static List<PluginModule> modules() {
    return ServiceLoader.load(PluginModule.class).stream()
        .filter(module -> module.type().getPackageName().startsWith(PACKAGE))
        .map(ServiceLoader.Provider::get)
        .toList();
  }

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
