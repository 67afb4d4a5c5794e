package io.sessionbridge.windows.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a service. It starts with Windows, not delayed, because logons before its start
 * are not reported. Its account is LocalSystem, with only the privileges listed here.
 *
 * @param name the name that Windows uses
 * @param displayName the name that people see
 * @param description one or two sentences
 * @param commandLine see {@link CommandLineText}
 * @param restarts delays after the first, the second and any further failure; a stop with an error
 *     counts as one
 * @param failuresForgotten the time without failures after which the count restarts
 * @param preshutdown the time that it may take to stop when the machine shuts down
 * @param privileges for instance {@code SeTcbPrivilege}
 * @param messages the texts of its entries in the Application log. Without them, entries use {@link
 *     EventLog#EVENT_ID} and a message file of Windows that passes any text
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

  /** A service without message texts of its own. */
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
