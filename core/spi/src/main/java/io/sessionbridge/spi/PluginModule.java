package io.sessionbridge.spi;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.OptionalBinder;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings plug-ins to the agent. Found with {@link java.util.ServiceLoader}, so a subclass is
 * public, has a public constructor without parameters, and is named in {@code
 * META-INF/services/io.sessionbridge.spi.PluginModule} of its jar.
 *
 * <p>A subclass overrides {@link #configure} and calls the methods below, nothing else: modules
 * only bind, fast and without side effects.
 */
@Stable
public abstract class PluginModule extends AbstractModule {

  /** The key under which configurations name it: {@code type: <type>}. */
  protected final void bindSource(String type, SourceFactory<?> factory) {
    MapBinder.newMapBinder(
            binder(), new TypeLiteral<String>() {}, new TypeLiteral<SourceFactory<?>>() {})
        .addBinding(type)
        .toInstance(factory);
  }

  /** The key under which configurations name it: {@code type: <type>}. */
  protected final void bindSink(String type, SinkFactory<?> factory) {
    MapBinder.newMapBinder(
            binder(), new TypeLiteral<String>() {}, new TypeLiteral<SinkFactory<?>>() {})
        .addBinding(type)
        .toInstance(factory);
  }

  /** The name under which sinks use it: {@code format: <name>}. */
  protected final void bindFormat(String name, FormatFactory<?> factory) {
    MapBinder.newMapBinder(
            binder(), new TypeLiteral<String>() {}, new TypeLiteral<FormatFactory<?>>() {})
        .addBinding(name)
        .toInstance(factory);
  }

  /**
   * Binds a format with nothing to configure.
   *
   * @param description one line for {@code sessionbridge plugins}
   */
  protected final void bindFormat(String name, String description, EventFormat format) {
    bindFormat(name, new PlainFormatFactory(description, format));
  }

  /** At most one on a machine. */
  protected final void bindHost(HostFacts facts) {
    OptionalBinder.newOptionalBinder(binder(), HostFacts.class).setBinding().toInstance(facts);
  }

  /** At most one on a machine. */
  protected final void bindDirectory(SessionDirectory directory) {
    OptionalBinder.newOptionalBinder(binder(), SessionDirectory.class)
        .setBinding()
        .toInstance(directory);
  }

  /** At most one on a machine. */
  protected final void bindLog(SystemLog log) {
    OptionalBinder.newOptionalBinder(binder(), SystemLog.class).setBinding().toInstance(log);
  }

  /** At most one on a machine; without one, programs reach the agent by a Unix domain socket. */
  protected final void bindControl(ControlTransport transport) {
    OptionalBinder.newOptionalBinder(binder(), ControlTransport.class)
        .setBinding()
        .toInstance(transport);
  }

  /**
   * The machine's directory, for a source that must ask before it can say what an event is about.
   * To be asked once the source was started, not before.
   */
  protected final Supplier<Optional<SessionDirectory>> directory() {
    return getProvider(Key.get(new TypeLiteral<Optional<SessionDirectory>>() {}))::get;
  }
}
