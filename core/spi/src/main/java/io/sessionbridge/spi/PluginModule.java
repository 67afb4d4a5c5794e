package io.sessionbridge.spi;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.OptionalBinder;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Registers plug-ins. Loaded with {@link java.util.ServiceLoader}, so a subclass is public, has a
 * public constructor without parameters, and is named in {@code
 * META-INF/services/io.sessionbridge.spi.PluginModule} of its jar.
 *
 * <p>A subclass overrides {@link #configure} and only calls the methods below: modules bind, fast
 * and without side effects.
 */
@Stable
public abstract class PluginModule extends AbstractModule {

  /** Binds the type that a configuration names as {@code type: <type>}. */
  protected final void bindSource(String type, SourceFactory<?> factory) {
    MapBinder.newMapBinder(
            binder(), new TypeLiteral<String>() {}, new TypeLiteral<SourceFactory<?>>() {})
        .addBinding(type)
        .toInstance(factory);
  }

  /** Binds the type that a configuration names as {@code type: <type>}. */
  protected final void bindSink(String type, SinkFactory<?> factory) {
    MapBinder.newMapBinder(
            binder(), new TypeLiteral<String>() {}, new TypeLiteral<SinkFactory<?>>() {})
        .addBinding(type)
        .toInstance(factory);
  }

  /** Binds the format that a sink names as {@code format: <name>}. */
  protected final void bindFormat(String name, FormatFactory<?> factory) {
    MapBinder.newMapBinder(
            binder(), new TypeLiteral<String>() {}, new TypeLiteral<FormatFactory<?>>() {})
        .addBinding(name)
        .toInstance(factory);
  }

  /**
   * Binds a format without keys.
   *
   * @param description one line for {@code sessionbridge plugins}
   */
  protected final void bindFormat(String name, String description, EventFormat format) {
    bindFormat(name, new PlainFormatFactory(description, format));
  }

  /** At most one per agent. */
  protected final void bindHost(HostFacts facts) {
    OptionalBinder.newOptionalBinder(binder(), HostFacts.class).setBinding().toInstance(facts);
  }

  /** At most one per agent. */
  protected final void bindDirectory(SessionDirectory directory) {
    OptionalBinder.newOptionalBinder(binder(), SessionDirectory.class)
        .setBinding()
        .toInstance(directory);
  }

  /** At most one per agent. */
  protected final void bindLog(SystemLog log) {
    OptionalBinder.newOptionalBinder(binder(), SystemLog.class).setBinding().toInstance(log);
  }

  /** At most one per agent; the default is a Unix domain socket. */
  protected final void bindControl(ControlTransport transport) {
    OptionalBinder.newOptionalBinder(binder(), ControlTransport.class)
        .setBinding()
        .toInstance(transport);
  }

  /**
   * The session directory, for a source that needs it to determine which session an event is about.
   * Call it only after the source was started.
   */
  protected final Supplier<Optional<SessionDirectory>> directory() {
    return getProvider(Key.get(new TypeLiteral<Optional<SessionDirectory>>() {}))::get;
  }
}
