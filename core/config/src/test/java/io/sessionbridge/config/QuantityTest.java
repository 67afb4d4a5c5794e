package io.sessionbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.type.BadValueException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @ValueSource(strings = {"0B", "1B", "1023B", "1KiB", "1536KiB", "16MiB", "1GiB", "8388607TiB"})
  void aSizeIsWrittenAsItIsRead(String text) throws BadValueException {
    assertThat(ByteSize.text(ByteSize.parse(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1ms", "1500ms", "50s", "90s", "5m", "36h", "90d", "36500d"})
  void aDurationIsWrittenAsItIsRead(String text) throws BadValueException {
    assertThat(TimeSpan.text(TimeSpan.parse(text))).isEqualTo(text);
  }

  @Test
  void usesTheLargestExactUnit() throws BadValueException {
    assertThat(ByteSize.text(ByteSize.parse("1024MiB"))).isEqualTo("1GiB");
    assertThat(ByteSize.text(Long.MAX_VALUE)).isEqualTo("9223372036854775807B");
    assertThat(TimeSpan.text(TimeSpan.parse("48h"))).isEqualTo("2d");
    assertThat(TimeSpan.text(Duration.ofNanos(1_999_999))).isEqualTo("1ms");
  }
}
