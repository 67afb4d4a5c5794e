package io.sessionbridge.windows.driver;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.WindowsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Installs and removes the driver. Needs administrator rights. */
public final class DriverInstaller {

  private static final String FILE = "sessionbridge.sys";
  private static final int LARGEST_FILE = 16 << 20;
  private static final int INVALID_IMAGE_HASH = 577; // winerror.h

  private final DriverHost host;
  private final Consumer<String> progress;

  /**
   * Installs on this machine.
   *
   * @param progress receives a sentence for each explanation and each step
   */
  public DriverInstaller(Consumer<String> progress) {
    this(new WindowsDriverHost(), progress);
  }

  DriverInstaller(DriverHost host, Consumer<String> progress) {
    this.host = host;
    this.progress = progress;
  }

  /**
   * Explains signing, refuses a driver that Windows would not load, copies the file to the driver
   * folder, creates the service and starts it. From then on it starts with Windows.
   *
   * @throws DriverException if Windows would not load it, or does not. Nothing is left installed
   */
  public void install(Path file) throws DriverException {
    DriverMachine machine = host.machine();
    machine.explanation().forEach(progress);
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
    progress.accept("driver " + SessionDriver.SERVICE + " is running, and starts with Windows");
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
        ? "Windows rejected its signature (error 577)"
        : "Windows did not load it: " + ErrorCode.text(error);
  }

  /** Removes what was installed. */
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
   * Stops the driver, and removes it with its file.
   *
   * @throws DriverException also if a program is reading the driver: Windows would not unload it,
   *     and no program could open it until that program closes it
   */
  public void uninstall() throws DriverException, WindowsException {
    if (host.hasReader()) {
      throw new DriverException("a program reads the driver; stop the agent first");
    }
    remove(host.folder().resolve(FILE));
  }

  private void remove(Path driver) throws DriverException, WindowsException {
    host.remove(progress);
    try {
      host.delete(driver);
    } catch (IOException e) {
      throw new DriverException(driver + " cannot be deleted: " + e.getMessage(), e);
    }
  }
}
