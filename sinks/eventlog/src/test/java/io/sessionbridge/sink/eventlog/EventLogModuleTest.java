package io.sessionbridge.sink.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import io.sessionbridge.spi.SinkFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class EventLogModuleTest {

  @Test
  void registersTheSink() {
    Map<String, SinkFactory<?>> sinks =
        Guice.createInjector(new EventLogModule())
            .getInstance(Key.get(new TypeLiteral<Map<String, SinkFactory<?>>>() {}));
    assertThat(sinks).containsOnlyKeys("eventlog");
    assertThat(sinks.get("eventlog").defaultFormat()).isEqualTo("sentence");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void needsWindows() {
    assertThat(new EventLogSinkFactory().unavailable()).contains("needs Windows");
  }
}
