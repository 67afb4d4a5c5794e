package io.sessionbridge.windows.service;

import java.time.Duration;
import java.util.List;

/**
 * What Windows shall know of a service. It starts with Windows, not delayed: who logs on before it
 * runs is not heard of. Its account is LocalSystem, with no more than the privileges here.
 *
 * @param name by which Windows knows it
 * @param displayName by which people know it
 * @param description one or two sentences
 * @param commandLine see {@link CommandLineText}
 * @param restarts after the first failure, the second, and any further one; also when it stopped
 *     with an error
 * @param failuresForgotten after this long without one the next failure is the first again
 * @param preshutdown how long it may take to stop when the machine shuts down
 * @param privileges for instance {@code SeTcbPrivilege}
 */
public record ServiceInstallation(
    String name,
    String displayName,
    String description,
    String commandLine,
    List<Duration> restarts,
    Duration failuresForgotten,
    Duration preshutdown,
    List<String> privileges) {

  public ServiceInstallation {
    restarts = List.copyOf(restarts);
    privileges = List.copyOf(privileges);
  }
}
