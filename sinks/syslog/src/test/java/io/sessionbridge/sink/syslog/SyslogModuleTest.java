package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.spi.SinkFactory;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class SyslogModuleTest {

  @Test
  void isFoundAndBindsTheSink() {
    PluginModule module =
        ServiceLoader.load(PluginModule.class).stream()
            .filter(provider -> provider.type() == SyslogModule.class)
            .findFirst()
            .orElseThrow()
            .get();
    Map<String, SinkFactory<?>> sinks =
        Guice.createInjector(module).getInstance(Key.get(new TypeLiteral<>() {}));
    assertThat(sinks).containsOnlyKeys("syslog");
    assertThat(sinks.get("syslog").formatKey()).isEqualTo("message");
    assertThat(sinks.get("syslog").defaultFormat()).isEqualTo("sentence");
  }
}
