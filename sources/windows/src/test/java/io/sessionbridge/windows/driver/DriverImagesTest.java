package io.sessionbridge.windows.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DriverImagesTest {

  private static final long BOOT = 134_089_000_000_000_001L;

  @Test
  void readsTheVersion() throws Exception {
    DriverVersion version = DriverImages.version(Fixture.of("version"));
    assertThat(version).isEqualTo(new DriverVersion(1, 1));
    assertThat(version.servesThis()).isTrue();
    assertThat(new DriverVersion(3, 1).servesThis()).isTrue();
    assertThat(new DriverVersion(3, 2).servesThis()).isFalse();
  }

  @Test
  void readsTheStatistics() throws Exception {
    assertThat(DriverImages.statistics(Fixture.of("statistics")))
        .isEqualTo(new DriverStatistics(BOOT, 1068, 45, 44, 1024, 2, 1024, true, 0, true));
    DriverStatistics refused = DriverImages.statistics(Fixture.of("statistics-unregistered"));
    assertThat(refused.registered()).isFalse();
    assertThat(refused.registerStatus()).isEqualTo(0xC000009A);
    assertThat(refused.hasReader()).isFalse();
  }

  @Test
  void readsEachRecord() throws Exception {
    List<DriverRecord> records = DriverImages.records(Fixture.of("records"));
    assertThat(records)
        .containsExactly(
            new DriverRecord(
                BOOT,
                45,
                Optional.of(Instant.parse("2025-11-29T14:26:41.234567800Z")),
                372_300,
                44,
                5,
                OptionalLong.of(3),
                6,
                Optional.of(true)),
            new DriverRecord(
                BOOT,
                46,
                Optional.empty(),
                372_301,
                44,
                1,
                OptionalLong.empty(),
                0,
                Optional.empty()));
    assertThat(records.get(0).position()).isEqualTo(new DriverPosition(BOOT, 45));
  }

  @Test
  void readsARemoteSession() throws Exception {
    DriverRecord record = DriverImages.records(Fixture.of("record-remote")).get(0);
    assertThat(record.local()).contains(false);
    assertThat(record.sessionId()).hasValue(0xFFFFFFFEL);
  }

  @Test
  void skipsWhatALaterVersionAdds() throws Exception {
    byte[] both = Fixture.of("records");
    byte[] longer = Arrays.copyOf(Arrays.copyOf(both, 64), 72);
    ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 72);
    assertThat(DriverImages.records(longer)).hasSize(1);
  }

  @Test
  void refusesWhatIsNoRecord() throws Exception {
    byte[] both = Fixture.of("records");
    assertThatThrownBy(() -> DriverImages.records(Arrays.copyOf(both, 127)))
        .hasMessage("expected 64 bytes for a record, found 63");
    both[4] = 63;
    assertThatThrownBy(() -> DriverImages.records(both))
        .hasMessage("expected a record of 64 to 128 bytes, found 63");
    both[7] = -1;
    assertThatThrownBy(() -> DriverImages.records(both)).isInstanceOf(ImageException.class);
    assertThatThrownBy(() -> DriverImages.records(header(BOOT, 0)))
        .hasMessage("a record has number 0 of boot " + BOOT);
    assertThatThrownBy(() -> DriverImages.records(header(0, 1)))
        .hasMessage("a record has number 1 of boot 0");
    assertThatThrownBy(() -> DriverImages.version(new byte[15]))
        .hasMessage("expected 16 bytes for the version, found 15");
    assertThatThrownBy(() -> DriverImages.version(new byte[16]))
        .hasMessage("versions 0 to 0 are invalid");
    assertThatThrownBy(() -> DriverImages.statistics(new byte[63]))
        .hasMessage("expected 64 bytes for the statistics, found 63");
  }

  private static byte[] header(long boot, long sequence) {
    return ByteBuffer.allocate(64)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(1)
        .putInt(64)
        .putLong(boot)
        .putLong(sequence)
        .array();
  }

  @Test
  void encodesThePositionToResume() throws Exception {
    assertThat(DriverImages.attach(new DriverPosition(BOOT, 44))).isEqualTo(Fixture.of("attach"));
  }
}
