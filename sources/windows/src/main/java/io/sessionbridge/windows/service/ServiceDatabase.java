package io.sessionbridge.windows.service;

import io.sessionbridge.windows.WindowsException;
import java.time.Duration;
import java.util.Optional;

/**
 * The services that Windows knows, by name. A seam, so that {@link ServiceManager} is tested where
 * there is no Windows. Methods that return a number return the error code, 0 if all went well.
 */
interface ServiceDatabase {

  int create(ServiceInstallation wanted);

  /** Gives an existing service another command line. */
  int change(ServiceInstallation wanted);

  /** Empty if there is no such service, or Windows does not tell. */
  Optional<String> commandLine(String name);

  int set(ServiceInstallation wanted, ServiceSetting setting);

  int start(String name);

  int stop(String name);

  /** Has it deleted once nobody uses it. */
  int delete(String name);

  /** What cannot be undone by {@link #delete}. */
  int forgetEventLog(String name);

  /** Empty if there is no such service. */
  Optional<ServiceReport> report(String name) throws WindowsException;

  /** Waits. */
  void pause(Duration time) throws WindowsException;
}
