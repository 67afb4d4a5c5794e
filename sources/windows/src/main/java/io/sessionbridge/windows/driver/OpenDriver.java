package io.sessionbridge.windows.driver;

import io.sessionbridge.windows.session.calls.CallException;
import java.util.List;
import java.util.Optional;

/** The driver, with this process as its reader. */
final class OpenDriver implements DriverReader {

  /** {@code SB_MOST_RECORDS}. */
  private static final int AT_ONCE = 64;

  private final DriverSystem.Device device;
  private final DriverStatistics opened;

  OpenDriver(DriverSystem.Device device, DriverStatistics opened) {
    this.device = device;
    this.opened = opened;
  }

  @Override
  public DriverStatistics opened() {
    return opened;
  }

  @Override
  public List<DriverRecord> read() throws DriverException {
    try {
      Optional<byte[]> answer =
          device.await(InstalledDriver.READ, AT_ONCE * DriverImages.RECORD_BYTES);
      return answer.isEmpty() ? List.of() : records(answer.get());
    } catch (CallException e) {
      throw new DriverException("the driver was stopped: " + e.getMessage(), e);
    }
  }

  private static List<DriverRecord> records(byte[] answer) throws DriverException {
    try {
      List<DriverRecord> records = DriverImages.records(answer);
      if (records.isEmpty()) {
        throw new ImageException("it has no records");
      }
      return records;
    } catch (ImageException e) {
      throw new DriverException("the driver's answer is damaged: " + e.getMessage(), e);
    }
  }

  @Override
  public void stop() {
    device.stop();
  }

  @Override
  public void close() {
    device.close();
  }
}
