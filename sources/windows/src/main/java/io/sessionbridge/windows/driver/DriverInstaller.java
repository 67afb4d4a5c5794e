package io.sessionbridge.windows.driver;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.WindowsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Installs and removes the driver. Needs an administrator. */
public final class DriverInstaller {

  private static final String FILE = "sessionbridge.sys";
  private static final int LARGEST_FILE = 16 << 20;
  private static final int INVALID_IMAGE_HASH = 577; // winerror.h

  private final DriverHost host;
  private final Consumer<String> told;

  /**
   * For this machine.
   *
   * @param told gets a sentence for each thing that is to be known or is done
   */
  public DriverInstaller(Consumer<String> told) {
    this(new WindowsDriverHost(), told);
  }

  DriverInstaller(DriverHost host, Consumer<String> told) {
    this.host = host;
    this.told = told;
  }

  /**
   * Explains, refuses what cannot work, copies the file to where drivers are, makes the service and
   * starts it. From then on it starts with Windows.
   *
   * @throws DriverException if Windows would not or does not load it. Nothing is left then
   */
  public void install(Path file) throws DriverException {
    DriverMachine machine = host.machine();
    machine.explanation().forEach(told);
    Optional<String> refusal = machine.refusal(DriverFile.of(read(file)));
    if (refusal.isPresent()) {
      throw new DriverException(file + ": " + refusal.get());
    }
    Path driver = host.folder().resolve(FILE);
    create(driver);
    try {
      host.copy(file, driver);
    } catch (IOException e) {
      throw failed(driver, driver + " cannot be written: " + e.getMessage());
    }
    int error = host.start();
    if (error != ErrorCode.NONE) {
      throw failed(driver, whyNotStarted(error));
    }
    told.accept("driver " + SessionDriver.SERVICE + " runs, and starts with Windows");
  }

  private static byte[] read(Path file) throws DriverException {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new DriverException(file + " is too large for a driver");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DriverException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void create(Path driver) throws DriverException {
    int error = host.create(driver);
    if (error == ErrorCode.SERVICE_EXISTS) {
      throw new DriverException(
          "the driver is installed; use sessionbridge driver uninstall first");
    }
    if (error != ErrorCode.NONE) {
      String advice = error == ErrorCode.ACCESS_DENIED ? "; run this as administrator" : "";
      throw new DriverException(
          "the driver cannot be installed: " + ErrorCode.text(error) + advice);
    }
  }

  private static String whyNotStarted(int error) {
    return error == INVALID_IMAGE_HASH
        ? "Windows does not accept its signature (error 577)"
        : "Windows does not load it: " + ErrorCode.text(error);
  }

  /** Undoes what was done. */
  private DriverException failed(Path driver, String why) {
    DriverException failure = new DriverException(why);
    try {
      remove(driver);
    } catch (DriverException | WindowsException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  /**
   * Stops the driver and removes it, its file too.
   *
   * @throws DriverException also if a program reads the driver: Windows would not unload it, and
   *     would let nobody open it until that program has closed it
   */
  public void uninstall() throws DriverException, WindowsException {
    if (host.hasReader()) {
      throw new DriverException("a program reads the driver; stop the agent first");
    }
    remove(host.folder().resolve(FILE));
  }

  private void remove(Path driver) throws DriverException, WindowsException {
    host.remove(told);
    try {
      host.delete(driver);
    } catch (IOException e) {
      throw new DriverException(driver + " cannot be deleted: " + e.getMessage(), e);
    }
  }
}
