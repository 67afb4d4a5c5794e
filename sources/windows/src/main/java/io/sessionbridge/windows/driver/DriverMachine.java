package io.sessionbridge.windows.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The facts that decide whether this machine loads a driver.
 *
 * @param isX64 whether the processor is x64
 * @param build the build number of Windows
 * @param checksSignatures whether Windows loads signed drivers only
 * @param allowsTestSigning whether Windows accepts a test certificate
 * @param secureBoot empty if unknown
 */
record DriverMachine(
    boolean isX64,
    int build,
    boolean checksSignatures,
    boolean allowsTestSigning,
    Optional<Boolean> secureBoot) {

  /** Windows 10 1903. */
  private static final int OLDEST_BUILD = 18_362;

  /** Explains signing before an installation. */
  List<String> explanation() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Windows loads a driver only if Microsoft signed it, or, while test signing is on, if it is"
            + " signed with a certificate that this machine trusts.");
    lines.add(
        "On this machine test signing is "
            + (allowsTestSigning ? "on" : "off")
            + ", and Secure Boot is "
            + secureBoot.map(on -> on ? "on" : "off").orElse("unknown")
            + ".");
    if (!allowsTestSigning) {
      lines.add(
          "Test signing is for test machines: bcdedit /set testsigning on, then restart Windows. It"
              + " cannot be turned on while Secure Boot is on.");
    }
    return lines;
  }

  /** Why Windows would not load the driver; empty if it may. */
  Optional<String> refusal(DriverFile file) {
    if (!isX64) {
      return Optional.of("the driver is for x64 processors only");
    }
    if (build < OLDEST_BUILD) {
      return Optional.of(
          "the driver needs Windows 10 1903 (build "
              + OLDEST_BUILD
              + ") or later, this is build "
              + build);
    }
    if (!file.isDriver()) {
      return Optional.of("the file is not a driver for x64");
    }
    return checksSignatures && !file.isSigned()
        ? Optional.of(
            "the file contains no signature, and this Windows loads signed drivers only; if a"
                + " catalogue signs it, use pnputil /add-driver sessionbridge.inf /install")
        : Optional.empty();
  }
}
