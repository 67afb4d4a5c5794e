package io.sessionbridge.windows.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.windows.WindowsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceManagerTest {

  private static final ServiceInstallation WANTED =
      new ServiceInstallation(
          "Test",
          "Test service",
          "Does nothing.",
          "\"java.exe\"",
          List.of(Duration.ofSeconds(5)),
          Duration.ofDays(1),
          Duration.ofMinutes(1),
          List.of("SeTcbPrivilege"));

  private final TestingDatabase windows = new TestingDatabase();
  private final List<String> progress = new ArrayList<>();
  private final ServiceManager manager = new ServiceManager(windows, progress::add);

  @Test
  void installsStartsStopsAndRemoves() throws Exception {
    manager.install(WANTED);
    assertThat(manager.report("Test").orElseThrow().text()).isEqualTo("stopped");
    manager.start("Test");
    assertThat(manager.report("Test").orElseThrow().text()).isEqualTo("running, process 42");
    manager.stop("Test");
    manager.uninstall("Test");
    assertThat(manager.report("Test")).isEmpty();
    assertThat(progress)
        .containsExactly(
            "service Test is installed and starts with Windows",
            "service Test is running",
            "service Test is stopped",
            "service Test is not running",
            "service Test is removed");
  }

  @Test
  void installsTwiceAndOverARunningOne() throws Exception {
    manager.install(WANTED);
    manager.install(WANTED);
    manager.start("Test");
    manager.install(WANTED);
    assertThat(progress)
        .containsExactly(
            "service Test is installed and starts with Windows",
            "service Test already existed; its settings are updated",
            "service Test is running",
            "service Test already existed; its settings are updated",
            "service Test keeps its old settings until it is restarted");
  }

  @Test
  void reportsTheOldAndNewCommandLine() throws Exception {
    manager.install(WANTED);
    ServiceInstallation newer =
        new ServiceInstallation(
            WANTED.name(),
            WANTED.displayName(),
            WANTED.description(),
            "\"java.exe\" -Xrs",
            WANTED.restarts(),
            WANTED.failuresForgotten(),
            WANTED.preshutdown(),
            WANTED.privileges());
    manager.install(newer);
    assertThat(windows.installed).isEqualTo(newer);
    assertThat(progress)
        .containsExactly(
            "service Test is installed and starts with Windows",
            "service Test already existed; its settings are updated",
            "its command line was: \"java.exe\"",
            "its command line is now: \"java.exe\" -Xrs");
  }

  @Test
  void reportsSettingsThatWindowsRefuses() throws Exception {
    windows.refusedSettings.put(ServiceSetting.PRIVILEGES, 124);
    windows.refusedSettings.put(ServiceSetting.EVENT_LOG, 5);
    manager.install(WANTED);
    manager.uninstall("Test");
    assertThat(progress)
        .containsExactly(
            "service Test is installed and starts with Windows",
            "cannot set the minimal privileges (error 124: this version of"
                + " Windows lacks the setting)",
            "cannot set the event log source (error 5: access is denied)",
            "service Test is not running",
            "service Test is removed",
            "its event log source cannot be removed (error 5: access is denied)");
  }

  @Test
  void waitsForOneThatIsHalfRemoved() throws Exception {
    manager.install(WANTED);
    windows.held = Duration.ofSeconds(5);
    windows.delete("Test");
    manager.install(WANTED);
    assertThat(progress)
        .containsOnly("service Test is installed and starts with Windows")
        .hasSize(2);
  }

  @Test
  void reportsWhyAServiceMarkedForDeletionStays() throws Exception {
    manager.install(WANTED);
    windows.held = Duration.ofHours(1);
    manager.uninstall("Test");
    assertThat(progress)
        .endsWith(
            "service Test will be removed once no program uses it, for instance the list of"
                + " services");
    assertThatThrownBy(() -> manager.install(WANTED))
        .isInstanceOf(WindowsException.class)
        .hasMessage(
            "service Test cannot be installed: error 1072: it is marked for deletion; close the"
                + " programs that show services, or restart Windows");
    manager.uninstall("Test");
  }

  @Test
  void removesWhatIsNotThere() throws Exception {
    manager.uninstall("Test");
    assertThat(progress).containsExactly("service Test is not installed");
  }

  @Test
  void removesARunningOne() throws Exception {
    manager.install(WANTED);
    manager.start("Test");
    progress.clear();
    manager.uninstall("Test");
    assertThat(progress).containsExactly("service Test is stopped", "service Test is removed");
  }

  @Test
  void startsOnce() throws Exception {
    manager.install(WANTED);
    manager.start("Test");
    manager.start("Test");
    assertThat(progress).endsWith("service Test is already running");
  }

  @Test
  void reportsWhyItDidNotStart() throws Exception {
    assertThatThrownBy(() -> manager.start("Test"))
        .hasMessage(
            "service Test cannot be started: error 1060: there is no such service; install it"
                + " first");
    manager.install(WANTED);
    windows.becomes = ServiceState.STOPPED;
    windows.error = 78;
    assertThatThrownBy(() -> manager.start("Test"))
        .isInstanceOf(WindowsException.class)
        .hasMessage(
            "service Test did not start: stopped with error 78; the reason is in its log and in the"
                + " Application log of Windows");
  }

  @Test
  void retriesTemporaryErrors() throws Exception {
    windows.nextErrors.addAll(List.of(1055, 1055));
    manager.install(WANTED);
    windows.nextErrors.add(1055);
    manager.start("Test");
    windows.nextErrors.addAll(List.of(1061, 1052));
    manager.stop("Test");
    assertThat(progress).endsWith("service Test is stopped");
  }

  @Test
  void reportsThatItNeedsAnAdministrator() {
    windows.nextErrors.add(5);
    assertThatThrownBy(() -> manager.install(WANTED))
        .isInstanceOf(WindowsException.class)
        .hasMessage(
            "service Test cannot be installed: error 5: access is denied; run this as"
                + " administrator");
  }

  @Test
  void describesTheStatus() {
    assertThat(new ServiceReport(ServiceState.STOPPED, 0, 1077, 0).text())
        .isEqualTo("stopped, not started since Windows booted");
    assertThat(new ServiceReport(ServiceState.STOPPED, 0, 1067, 0).text())
        .isEqualTo("stopped with error 1067");
    assertThat(new ServiceReport(ServiceState.STOPPED, 7, 1066, 78).text())
        .isEqualTo("stopped with error 78");
  }

  @Test
  void reportsThatItHangs() throws Exception {
    windows.pending = Duration.ofHours(1);
    manager.install(WANTED);
    assertThatThrownBy(() -> manager.start("Test"))
        .hasMessage("service Test did not start: start pending, process 42");
    windows.state = ServiceState.RUNNING;
    assertThatThrownBy(() -> manager.stop("Test"))
        .hasMessage("service Test does not stop: stop pending, process 42");
  }
}
