package io.sessionbridge.windows.driver;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.service.ServiceState;
import io.sessionbridge.windows.session.calls.CallException;
import java.util.Optional;

/** The driver of this machine, installed or not. */
public final class InstalledDriver implements SessionDriver {

  /** {@code CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)}. */
  static final int VERSION = 0x222000;

  static final int STATISTICS = 0x222004;

  /** {@code CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_BUFFERED, FILE_READ_ACCESS)}. */
  static final int ATTACH = 0x226008;

  static final int READ = 0x22600C;

  // winerror.h
  private static final int FILE_NOT_FOUND = 2;
  private static final int SHARING_VIOLATION = 32;

  private static final byte[] NOTHING = {};

  private final DriverSystem system;

  /** Does not open the driver. */
  public InstalledDriver() {
    this(new Kernel32System());
  }

  InstalledDriver(DriverSystem system) {
    this.system = system;
  }

  @Override
  public DriverReader open(Optional<DriverPosition> after) throws DriverException {
    DriverSystem.Device device = openDevice();
    try {
      requireVersion(device);
      DriverStatistics opened = statistics(device);
      requireRegistered(opened);
      attach(device, after.orElseGet(() -> new DriverPosition(opened.bootId(), 0)));
      return new OpenDriver(device, opened);
    } catch (DriverException | RuntimeException | Error e) {
      device.close();
      throw e;
    }
  }

  /** The current counters. Does not disturb a reader. */
  public DriverStatistics statistics() throws DriverException {
    try (DriverSystem.Device device = openDevice()) {
      requireVersion(device);
      return statistics(device);
    }
  }

  private DriverSystem.Device openDevice() throws DriverException {
    try {
      return system.open();
    } catch (CallException e) {
      throw new DriverException(whyNotOpen(e), e);
    }
  }

  private String whyNotOpen(CallException e) {
    if (e.error() == ErrorCode.ACCESS_DENIED) {
      return "only SYSTEM and administrators may read the driver; run the agent as a service or as"
          + " an administrator";
    }
    if (e.error() != FILE_NOT_FOUND) {
      return "the driver cannot be opened: " + e.getMessage();
    }
    Optional<ServiceState> service = system.service();
    if (service.isEmpty()) {
      return "the driver is not installed; use sessionbridge driver install";
    }
    if (service.get() == ServiceState.STOP_PENDING) {
      return "the driver is stopping, and Windows waits for the program that has it open; stop"
          + " that program, then use sc start "
          + SERVICE
          + " as an administrator";
    }
    return "the driver is "
        + service.get().text()
        + "; use sc start "
        + SERVICE
        + " as an administrator, and sessionbridge driver status to see why it is not running";
  }

  private static void requireVersion(DriverSystem.Device device) throws DriverException {
    DriverVersion version;
    try {
      version = DriverImages.version(device.request(VERSION, NOTHING, DriverImages.VERSION_BYTES));
    } catch (CallException | ImageException e) {
      throw new DriverException(
          "the device SessionBridge is not this agent's driver: " + e.getMessage(), e);
    }
    if (!version.servesThis()) {
      String what = version.oldest() > DriverVersion.OWN ? "the agent" : "the driver";
      throw new DriverException(
          "the driver serves readers of version "
              + version.oldest()
              + " to "
              + version.newest()
              + ", this agent has version "
              + DriverVersion.OWN
              + "; update "
              + what);
    }
  }

  private static DriverStatistics statistics(DriverSystem.Device device) throws DriverException {
    try {
      return DriverImages.statistics(
          device.request(STATISTICS, NOTHING, DriverImages.STATISTICS_BYTES));
    } catch (CallException | ImageException e) {
      throw new DriverException("the driver does not answer: " + e.getMessage(), e);
    }
  }

  private static void requireRegistered(DriverStatistics statistics) throws DriverException {
    if (!statistics.registered()) {
      throw new DriverException(
          String.format(
              "Windows refused to register the driver for session changes (status 0x%08X); stop and"
                  + " start its service %s",
              statistics.registerStatus(), SERVICE));
    }
  }

  private static void attach(DriverSystem.Device device, DriverPosition after)
      throws DriverException {
    try {
      device.request(ATTACH, DriverImages.attach(after), 0);
    } catch (CallException e) {
      throw new DriverException(
          e.error() == SHARING_VIOLATION
              ? "another program is reading the driver, and only one can; stop it or this source"
              : "the driver cannot be read: " + e.getMessage(),
          e);
    }
  }
}
