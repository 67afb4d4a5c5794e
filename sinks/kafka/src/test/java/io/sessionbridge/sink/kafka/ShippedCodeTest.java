package io.sessionbridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShippedCodeTest {

  @Test
  void everyCodecIsThereWhereTheTestsRun() {
    assertThat(Codec.values())
        .allMatch(codec -> ShippedCode.problem(codec, ShippedCode::onClassPath).isEmpty());
  }

  @Test
  void refusesOnlyCodecsWhoseNativeCodeIsMissing() {
    List<String> asked = new ArrayList<>();
    String machine = System.getProperty("os.name") + " on " + System.getProperty("os.arch");

    for (Codec codec : Codec.values()) {
      String problem =
          ShippedCode.problem(
                  codec,
                  name -> {
                    asked.add(name);
                    return false;
                  })
              .orElse("");
      if (codec == Codec.ZSTD || codec == Codec.SNAPPY) {
        assertThat(problem)
            .isEqualTo(
                "cannot be "
                    + codec.kafkaName()
                    + ": its native code for "
                    + machine
                    + " is not included; use gzip or lz4");
      } else {
        assertThat(problem).isEmpty();
      }
    }

    assertThat(asked).hasSize(2).allMatch(ShippedCode::onClassPath);
  }
}
