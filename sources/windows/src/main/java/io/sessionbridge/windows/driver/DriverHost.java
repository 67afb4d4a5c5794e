package io.sessionbridge.windows.driver;

import io.sessionbridge.windows.WindowsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What the installation of the driver does to Windows. A seam for tests. */
interface DriverHost {

  DriverMachine machine();

  /** Whether a program reads the driver; false if the driver does not run. */
  boolean hasReader();

  /** Where drivers are, {@code System32\drivers}. */
  Path folder();

  /**
   * Makes the service, started with the system; returns an error of Windows, 0 if all went well.
   */
  int create(Path driver);

  /** Returns an error of Windows, 0 if all went well. */
  int start();

  /** Stops and removes the service, if there is one, and says what it did. */
  void remove(Consumer<String> told) throws WindowsException;

  void copy(Path from, Path to) throws IOException;

  void delete(Path file) throws IOException;
}
