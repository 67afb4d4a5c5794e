package io.sessionbridge.windows.session;

import io.sessionbridge.windows.session.calls.MachineCalls;
import io.sessionbridge.windows.session.calls.MachineCalls.Name;
import io.sessionbridge.windows.session.calls.NativeMachineCalls;
import io.sessionbridge.windows.session.calls.WindowsLibraries;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names and identity of this machine. Queries Windows once, when it is created; what Windows
 * refuses is empty.
 *
 * @param name the host name without a domain
 * @param fqdn the fully qualified name; empty on a machine without a domain
 * @param domain the DNS domain
 * @param identity differs between machines, even if the disk of one is a copy of the other's: the
 *     installation's {@code MachineGuid} and the firmware's UUID, as far as known
 * @param bootId constant while the kernel runs, see the README of this library; setting the clock
 *     does not change it
 */
public record WindowsMachine(
    Optional<String> name,
    Optional<String> fqdn,
    Optional<String> domain,
    Optional<String> identity,
    Optional<String> bootId) {

  /** Queries this machine. */
  public static WindowsMachine detect() {
    return detect(new NativeMachineCalls());
  }

  static WindowsMachine detect(MachineCalls calls) {
    Answers answers = new Answers();
    Optional<String> dnsName = name(answers, calls, Name.DNS_HOST);
    Optional<String> domain = name(answers, calls, Name.DNS_DOMAIN);
    Optional<String> full = name(answers, calls, Name.DNS_FULL);
    return new WindowsMachine(
        dnsName.or(() -> name(answers, calls, Name.NETBIOS)),
        full.filter(known -> known.contains(".")),
        domain,
        identity(answers, calls),
        answers.to(calls::bootId).flatMap(it -> it));
  }

  /** Milliseconds since the kernel started, including sleep: {@code GetTickCount64}. Any thread. */
  public static long uptimeMillis() {
    return WindowsLibraries.Kernel32.INSTANCE.GetTickCount64();
  }

  private static Optional<String> name(Answers answers, MachineCalls calls, Name what) {
    return answers.to(() -> calls.name(what)).filter(Predicate.not(String::isBlank));
  }

  private static Optional<String> identity(Answers answers, MachineCalls calls) {
    Optional<String> guid =
        answers
            .to(calls::machineGuid)
            .map(it -> it.strip().toLowerCase(Locale.ROOT))
            .filter(Predicate.not(String::isEmpty));
    Optional<String> firmware = answers.to(calls::smbiosUuid).flatMap(it -> it).map(it -> it + "");
    String both =
        Stream.of(guid, firmware).flatMap(Optional::stream).collect(Collectors.joining("/"));
    return both.isEmpty() ? Optional.empty() : Optional.of(both);
  }
}
