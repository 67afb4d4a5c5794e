package io.sessionbridge.windows.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.windows.service.ServiceState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class InstalledDriverTest {

  private final TestingDriverSystem windows = new TestingDriverSystem();
  private final InstalledDriver driver = new InstalledDriver(windows);

  private AbstractThrowableAssert<?, ?> refusal() {
    AbstractThrowableAssert<?, ?> refusal =
        assertThatThrownBy(() -> driver.open(Optional.empty())).isInstanceOf(DriverException.class);
    assertThat(windows.open).as("open devices").isZero();
    return refusal;
  }

  private static byte[] version(int newest, int oldest) {
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(newest)
        .putInt(oldest)
        .array();
  }

  @Test
  void readsUntilItIsStopped() throws Exception {
    DriverPosition position = new DriverPosition(134_089_000_000_000_001L, 44);
    try (DriverReader reader = driver.open(Optional.of(position))) {
      assertThat(reader.opened().published()).isEqualTo(1068);
      assertThat(windows.attached).containsExactly(Fixture.of("attach"));
      assertThat(reader.read()).extracting(DriverRecord::sequence).containsExactly(45L, 46L);
      reader.stop();
      assertThat(reader.read()).isEmpty();
      assertThat(windows.open).isEqualTo(1);
    }
    assertThat(windows.open).isZero();
  }

  @Test
  void readsAllThatIsKeptWithoutAPosition() throws Exception {
    driver.open(Optional.empty()).close();
    assertThat(windows.attached)
        .containsExactly(DriverImages.attach(new DriverPosition(134_089_000_000_000_001L, 0)));
  }

  @Test
  void reportsThatItIsNotInstalled() {
    windows.openError = 2;
    windows.service = Optional.empty();
    refusal().hasMessage("the driver is not installed; use sessionbridge driver install");
  }

  @Test
  void reportsThatItIsNotStarted() {
    windows.openError = 2;
    windows.service = Optional.of(ServiceState.STOPPED);
    refusal()
        .hasMessage(
            "the driver is stopped; use sc start SessionBridgeDriver as an administrator, and"
                + " sessionbridge driver status to see why it is not running");
  }

  @Test
  void reportsWhatItsStopWaitsFor() {
    windows.openError = 2;
    windows.service = Optional.of(ServiceState.STOP_PENDING);
    refusal()
        .hasMessage(
            "the driver is stopping, and Windows waits for the program that has it open; stop"
                + " that program, then use sc start SessionBridgeDriver as an administrator");
  }

  @Test
  void reportsWhoMayOpenIt() {
    windows.openError = 5;
    refusal()
        .hasMessage(
            "only SYSTEM and administrators may read the driver; run the agent as a service or as"
                + " an administrator");
    windows.openError = 1722;
    refusal()
        .hasMessage(
            "the driver cannot be opened: CreateFile failed with error 1722: the Remote Desktop"
                + " Services do not answer");
  }

  @Test
  void asksForTheVersionBeforeAnythingElse() {
    windows.answers.put(InstalledDriver.VERSION, version(4, 2));
    windows.errors.put(InstalledDriver.STATISTICS, 1);
    windows.errors.put(InstalledDriver.ATTACH, 1);
    refusal()
        .hasMessage(
            "the driver serves readers of version 2 to 4, this agent has version 1; update the"
                + " agent");
    windows.errors.put(InstalledDriver.VERSION, 1);
    refusal()
        .hasMessage(
            "the device SessionBridge is not this agent's driver: DeviceIoControl failed with error"
                + " 1");
  }

  @Test
  void takesANewerDriverThatServesIt() throws Exception {
    windows.answers.put(InstalledDriver.VERSION, version(4, 1));
    driver.open(Optional.empty()).close();
    assertThat(windows.attached).hasSize(1);
  }

  @Test
  void reportsAnotherReader() {
    windows.errors.put(InstalledDriver.ATTACH, 32);
    refusal()
        .hasMessage(
            "another program is reading the driver, and only one can; stop it or this source");
    windows.errors.put(InstalledDriver.ATTACH, 170);
    refusal().hasMessage("the driver cannot be read: DeviceIoControl failed with error 170");
  }

  @Test
  void reportsThatTheDriverIsNotRegistered() {
    windows.answers.put(
        InstalledDriver.STATISTICS, TestingDriverSystem.fixture("statistics-unregistered"));
    refusal()
        .hasMessage(
            "Windows refused to register the driver for session changes (status 0xC000009A); stop"
                + " and start its service SessionBridgeDriver");
  }

  @Test
  void reportsThatTheDriverWasStopped() throws Exception {
    try (DriverReader reader = driver.open(Optional.empty())) {
      windows.errors.put(InstalledDriver.READ, 995);
      assertThatThrownBy(reader::read)
          .hasMessage("the driver was stopped: DeviceIoControl failed with error 995");
      windows.errors.clear();
      windows.answers.put(InstalledDriver.READ, new byte[1]);
      assertThatThrownBy(reader::read)
          .hasMessage("the driver's answer is damaged: expected 64 bytes for a record, found 1");
      windows.answers.put(InstalledDriver.READ, new byte[0]);
      assertThatThrownBy(reader::read)
          .hasMessage("the driver's answer is damaged: it has no records");
    }
  }

  @Test
  void returnsStatisticsWhileAReaderIsOpen() throws Exception {
    windows.errors.put(InstalledDriver.ATTACH, 32);
    assertThat(driver.statistics().lost()).isEqualTo(44);
    assertThat(windows.open).isZero();
  }
}
