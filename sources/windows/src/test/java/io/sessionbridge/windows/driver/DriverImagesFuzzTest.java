package io.sessionbridge.windows.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Any bytes as an answer of the driver. */
class DriverImagesFuzzTest {

  @FuzzTest
  void areReadOrRefused(byte[] image) {
    try {
      List<DriverRecord> records = DriverImages.records(image);
      assertThat(records.size() * DriverImages.RECORD_BYTES).isLessThanOrEqualTo(image.length);
      assertThat(records)
          .allSatisfy(
              record -> {
                assertThat(record.sequence()).isPositive();
                assertThat(record.uptimeMillis()).isNotNegative();
              });
    } catch (ImageException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
    try {
      assertThat(DriverImages.version(image).newest()).isPositive();
      assertThat(DriverImages.statistics(image).queued()).isNotNegative();
    } catch (ImageException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
