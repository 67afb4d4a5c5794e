package io.sessionbridge.windows.driver;

import io.sessionbridge.windows.WindowsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The Windows operations of the driver's installation. An interface for tests. */
interface DriverHost {

  DriverMachine machine();

  /** Whether a program is reading the driver; false if the driver is not running. */
  boolean hasReader();

  /** The folder of drivers, {@code System32\drivers}. */
  Path folder();

  /** Creates the service, with a system start. Returns a Windows error code, 0 on success. */
  int create(Path driver);

  /** Starts the driver. Returns a Windows error code, 0 on success. */
  int start();

  /** Stops and removes the service, if it exists, and reports each step. */
  void remove(Consumer<String> progress) throws WindowsException;

  void copy(Path from, Path to) throws IOException;

  void delete(Path file) throws IOException;
}
