package io.sessionbridge.windows.service;

import io.sessionbridge.windows.WindowsException;
import java.time.Duration;
import java.util.Optional;

/**
 * The services known to Windows, by name. An interface so that {@link ServiceManager} is testable
 * on any system. Methods that return a number return the error code, 0 on success.
 */
interface ServiceDatabase {

  int create(ServiceInstallation wanted);

  /** Updates an existing service. */
  int change(ServiceInstallation wanted);

  /** Empty if there is no such service, or Windows does not report it. */
  Optional<String> commandLine(String name);

  int set(ServiceInstallation wanted, ServiceSetting setting);

  int start(String name);

  int stop(String name);

  /** Marks it for deletion, which happens once no program uses it. */
  int delete(String name);

  /** Removes what {@link #delete} leaves. */
  int removeEventLogSource(String name);

  /** Empty if there is no such service. */
  Optional<ServiceReport> report(String name) throws WindowsException;

  /** Waits. */
  void pause(Duration time) throws WindowsException;
}
