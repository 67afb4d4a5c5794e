package io.sessionbridge.windows.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
 * @param messages the texts of its entries in the Application log. Without them it has one entry,
 *     {@link EventLog#EVENT_ID}, by a file of Windows that has any text
 */
public record ServiceInstallation(
    String name,
    String displayName,
    String description,
    String commandLine,
    List<Duration> restarts,
    Duration failuresForgotten,
    Duration preshutdown,
    List<String> privileges,
    Optional<EventMessages> messages) {

  public ServiceInstallation {
    restarts = List.copyOf(restarts);
    privileges = List.copyOf(privileges);
  }

  /** A service without texts of its own. */
  public ServiceInstallation(
      String name,
      String displayName,
      String description,
      String commandLine,
      List<Duration> restarts,
      Duration failuresForgotten,
      Duration preshutdown,
      List<String> privileges) {
    this(
        name,
        displayName,
        description,
        commandLine,
        restarts,
        failuresForgotten,
        preshutdown,
        privileges,
        Optional.empty());
  }
}
