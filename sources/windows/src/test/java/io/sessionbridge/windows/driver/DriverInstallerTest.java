package io.sessionbridge.windows.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverInstallerTest {

  @TempDir Path folder;
  private final List<String> progress = new ArrayList<>();
  private final TestingHost host = new TestingHost();
  private final DriverInstaller installer = new DriverInstaller(host, progress::add);
  private Path file = Path.of(".");

  private final class TestingHost implements DriverHost {
    private DriverMachine machine = windows(true, 18_362, true, true);
    private final List<String> done = new ArrayList<>();
    private int createError;
    private int startError;
    private boolean isRead;

    @Override
    public DriverMachine machine() {
      return machine;
    }

    @Override
    public boolean hasReader() {
      return isRead;
    }

    @Override
    public Path folder() {
      return folder;
    }

    @Override
    public int create(Path driver) {
      done.add("create " + driver.getFileName());
      return createError;
    }

    @Override
    public int start() {
      done.add("start");
      return startError;
    }

    @Override
    public void remove(Consumer<String> sentences) {
      done.add("remove");
    }

    @Override
    public void copy(Path from, Path to) throws IOException {
      Files.copy(from, to);
    }

    @Override
    public void delete(Path driver) throws IOException {
      Files.deleteIfExists(driver);
    }
  }

  private static DriverMachine windows(boolean x64, int build, boolean checks, boolean test) {
    return new DriverMachine(x64, build, checks, test, Optional.of(!test));
  }

  /** As much of a driver as is looked at. */
  private static byte[] image(int machine, int subsystem, int certificateBytes) {
    return ByteBuffer.allocate(512)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x3C, 0x80)
        .putInt(0x80, 0x4550)
        .putShort(0x84, (short) machine)
        .putShort(0x98, (short) 0x20B)
        .putShort(0x98 + 68, (short) subsystem)
        .putInt(0x98 + 108, 16)
        .putInt(0x98 + 148, certificateBytes)
        .array();
  }

  @BeforeEach
  void writeFile() throws IOException {
    file = Files.write(folder.resolve("built.sys"), image(0x8664, 1, 1000));
  }

  private AbstractThrowableAssert<?, ?> refusal() {
    return assertThatThrownBy(() -> installer.install(file)).isInstanceOf(DriverException.class);
  }

  @Test
  void installs() throws Exception {
    installer.install(file);
    assertThat(host.done).containsExactly("create sessionbridge.sys", "start");
    assertThat(folder.resolve("sessionbridge.sys")).hasSameBinaryContentAs(file);
    assertThat(progress)
        .containsExactly(
            "Windows loads a driver only if Microsoft signed it, or, while test signing is on, if"
                + " it is signed with a certificate that this machine trusts.",
            "On this machine test signing is on, and Secure Boot is off.",
            "driver SessionBridgeDriver is running, and starts with Windows");
  }

  @Test
  void refusesWhatCannotWork() throws Exception {
    host.machine = windows(false, 18_362, true, true);
    refusal().hasMessage(file + ": the driver is for x64 processors only");
    host.machine = windows(true, 17_763, true, true);
    refusal()
        .hasMessage(
            file
                + ": the driver needs Windows 10 1903 (build 18362) or later, this is build 17763");
    host.machine = windows(true, 18_362, true, false);
    Files.write(file, image(0x8664, 1, 0));
    refusal()
        .hasMessage(
            file
                + ": the file contains no signature, and this Windows loads signed drivers only;"
                + " if a catalogue signs it, use pnputil /add-driver sessionbridge.inf /install");
    assertThat(progress)
        .contains("On this machine test signing is off, and Secure Boot is on.")
        .last()
        .asString()
        .contains("bcdedit /set testsigning on");
    Files.write(file, image(0x14C, 1, 1));
    refusal().hasMessage(file + ": the file is not a driver for x64");
    assertThat(host.done).isEmpty();
  }

  @Test
  void knowsADriverByItsHeaders() {
    assertThat(DriverFile.of(image(0x8664, 1, 1))).isEqualTo(new DriverFile(true, true));
    assertThat(DriverFile.of(image(0x8664, 1, 0))).isEqualTo(new DriverFile(true, false));
    assertThat(DriverFile.of(image(0x8664, 2, 1)).isDriver()).isFalse();
    byte[] whole = image(0x8664, 1, 1);
    for (int length = 0; length < 0x98 + 152; length++) {
      assertThat(DriverFile.of(Arrays.copyOf(whole, length)).isDriver()).isFalse();
    }
    ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(0x3C, 0x7FFFFFFF);
    assertThat(DriverFile.of(whole).isDriver()).isFalse();
  }

  @Test
  void removesADriverThatWindowsRefuses() {
    host.startError = 577;
    refusal().hasMessage("Windows rejected its signature (error 577)");
    assertThat(host.done).containsExactly("create sessionbridge.sys", "start", "remove");
    assertThat(folder.resolve("sessionbridge.sys")).doesNotExist();
  }

  @Test
  void touchesNoInstalledDriver() throws Exception {
    Files.writeString(folder.resolve("sessionbridge.sys"), "installed");
    host.createError = 1073;
    refusal().hasMessage("the driver is installed; use sessionbridge driver uninstall first");
    assertThat(folder.resolve("sessionbridge.sys")).hasContent("installed");
    host.createError = 5;
    refusal()
        .hasMessage(
            "the driver cannot be installed: error 5: access is denied; run this as"
                + " administrator");
  }

  @Test
  void removesNothingThatAProgramReads() throws Exception {
    installer.install(file);
    host.isRead = true;
    assertThatThrownBy(installer::uninstall)
        .isInstanceOf(DriverException.class)
        .hasMessage("a program reads the driver; stop the agent first");
    assertThat(host.done).doesNotContain("remove");
    assertThat(folder.resolve("sessionbridge.sys")).exists();
  }

  @Test
  void removesTheFileToo() throws Exception {
    installer.install(file);
    installer.uninstall();
    assertThat(host.done).endsWith("remove");
    assertThat(folder.resolve("sessionbridge.sys")).doesNotExist();
  }
}
