package io.sessionbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.demo.DemoBroker.Arguments;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DemoBrokerTest {

  @Test
  void takesOnePartitionUnlessToldMore() throws Exception {
    assertThat(Arguments.of("logs", "9092", "events"))
        .isEqualTo(new Arguments(Path.of("logs"), 9092, "events", 1));
    assertThat(Arguments.of("logs", "9092", "events", "3"))
        .isEqualTo(new Arguments(Path.of("logs"), 9092, "events", 3));
  }

  @Test
  void saysWhatIsWrongWithTheArguments() {
    assertThatThrownBy(() -> Arguments.of("logs", "9092"))
        .hasMessage("expected FOLDER PORT TOPIC [PARTITIONS], found 2 arguments");
    assertThatThrownBy(() -> Arguments.of("logs", "-1", "events"))
        .hasMessage("PORT must be between 0 and 65535, was -1");
    assertThatThrownBy(() -> Arguments.of("logs", "kafka", "events"))
        .hasMessage("PORT must be between 0 and 65535, was kafka");
    assertThatThrownBy(() -> Arguments.of("logs", "9092", "events", "4"))
        .hasMessage("PARTITIONS must be between 1 and 3, was 4");
  }
}
