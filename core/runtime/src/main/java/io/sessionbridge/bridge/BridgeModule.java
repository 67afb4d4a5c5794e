package io.sessionbridge.bridge;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.OptionalBinder;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.ControlTransport;
import io.sessionbridge.spi.FormatFactory;
import io.sessionbridge.spi.HostFacts;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.spi.SinkFactory;
import io.sessionbridge.spi.SourceFactory;
import io.sessionbridge.spi.SystemLog;
import io.sessionbridge.storage.FileStorage;
import io.sessionbridge.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Binds the agent's classes; the plug-ins' modules add their own bindings. */
public final class BridgeModule extends AbstractModule {

  /** An injector with every plug-in on the class path. */
  public static Injector injector() {
    List<Module> modules = new ArrayList<>();
    ServiceLoader.load(PluginModule.class).forEach(modules::add);
    return injector(modules);
  }

  /** An injector with these plug-ins. */
  public static Injector injector(List<Module> plugins) {
    List<Module> modules = new ArrayList<>(plugins);
    modules.add(new BridgeModule());
    return Guice.createInjector(Stage.PRODUCTION, modules);
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireExactBindingAnnotations();
    binder().requireAtInjectOnConstructors();
    binder().disableCircularProxies();
    MapBinder.newMapBinder(
        binder(), new TypeLiteral<String>() {}, new TypeLiteral<SourceFactory<?>>() {});
    MapBinder.newMapBinder(
        binder(), new TypeLiteral<String>() {}, new TypeLiteral<SinkFactory<?>>() {});
    MapBinder.newMapBinder(
        binder(), new TypeLiteral<String>() {}, new TypeLiteral<FormatFactory<?>>() {});
    OptionalBinder.newOptionalBinder(binder(), SessionDirectory.class);
    OptionalBinder.newOptionalBinder(binder(), HostFacts.class);
    OptionalBinder.newOptionalBinder(binder(), SystemLog.class);
    OptionalBinder.newOptionalBinder(binder(), ControlTransport.class);
    bind(Clock.class).toInstance(Clock.system());
    bind(Storage.class).toInstance(new FileStorage());
    bind(Plugins.class);
    bind(BridgeFactory.class);
    bind(WatchFactory.class);
  }
}
