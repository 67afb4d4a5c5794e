package io.sessionbridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.spi.SinkFactory;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class KafkaModuleTest {

  @Test
  void isFoundAndBindsTheSink() {
    PluginModule module =
        ServiceLoader.load(PluginModule.class).stream()
            .filter(provider -> provider.type() == KafkaModule.class)
            .findFirst()
            .orElseThrow()
            .get();
    Map<String, SinkFactory<?>> sinks =
        Guice.createInjector(module).getInstance(Key.get(new TypeLiteral<>() {}));
    assertThat(sinks).containsOnlyKeys("kafka");
    assertThat(sinks.get("kafka").defaultFormat()).isEqualTo("cloudevents_binary");
  }
}
