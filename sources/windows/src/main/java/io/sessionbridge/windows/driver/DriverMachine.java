package io.sessionbridge.windows.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What decides whether this machine loads a driver.
 *
 * @param isX64 whether the processor is one
 * @param build of Windows
 * @param checksSignatures whether it loads signed drivers only
 * @param allowsTestSigning whether a test certificate will do
 * @param secureBoot empty if it is not known
 */
record DriverMachine(
    boolean isX64,
    int build,
    boolean checksSignatures,
    boolean allowsTestSigning,
    Optional<Boolean> secureBoot) {

  /** Windows 10 1903. */
  private static final int OLDEST_BUILD = 18_362;

  /** What somebody should know before a driver is installed. */
  List<String> explanation() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Windows loads a driver only if Microsoft has signed it, or, while test signing is on, if"
            + " somebody has whose certificate this machine trusts.");
    lines.add(
        "On this machine test signing is "
            + (allowsTestSigning ? "on" : "off")
            + ", and Secure Boot is "
            + secureBoot.map(on -> on ? "on" : "off").orElse("not known")
            + ".");
    if (!allowsTestSigning) {
      lines.add(
          "Test signing is for test machines: bcdedit /set testsigning on, then restart Windows. It"
              + " cannot be turned on while Secure Boot is on.");
    }
    return lines;
  }

  /** Why the driver would not be loaded; empty if it may be. */
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
            "the file has no signature in it, and this Windows loads signed drivers only; if a"
                + " catalogue signs it, use pnputil /add-driver sessionbridge.inf /install")
        : Optional.empty();
  }
}
