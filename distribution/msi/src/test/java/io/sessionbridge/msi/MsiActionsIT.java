package io.sessionbridge.msi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the package does on installation, repair and removal, as its tables say. */
@Timeout(900)
class MsiActionsIT {

  private static final int SET_PROPERTY = 51;
  private static final int COMMIT = 512;

  /** Runs later, as the system, from a command line. */
  private static final int SYSTEM = 34 + 1024 + 2048;

  @TempDir private static Path folder;
  private static BuiltMsi msi;

  @BeforeAll
  static void build() throws Exception {
    msi = BuiltMsi.make(folder);
  }

  @Test
  void theActionsRunWhereTheyShould() throws Exception {
    Map<String, Integer> order =
        msi.table("InstallExecuteSequence").stream()
            .collect(Collectors.toMap(row -> row.get(0), row -> Integer.parseInt(row.get(2))));
    assertThat(order.get("RemoveExistingProducts"))
        .isBetween(order.get("InstallInitialize"), order.get("stop"));
    assertThat(order.get("stop")).isLessThan(order.get("uninstall"));
    assertThat(order.get("uninstall")).isLessThan(order.get("RemoveFiles"));
    assertThat(order.get("install")).isGreaterThan(order.get("InstallFiles"));
    assertThat(order.get("start")).isGreaterThan(order.get("install"));
    assertThat(order.get("purge")).isGreaterThan(order.get("RemoveFiles"));
    assertThat(order.get("purge")).isLessThan(order.get("InstallFinalize"));
    assertThat(order.get("defaultConfig")).isGreaterThan(order.get("CostFinalize"));
  }

  @Test
  void actionsOfTheAgentRunAsTheSystemWithTheOptionsOfTheScript() throws Exception {
    String script = Files.readString(Programs.BUNDLE.resolve("bin/sessionbridge.bat"));
    int agents = 0;
    for (List<String> row : msi.table("CustomAction")) {
      int type = Integer.parseInt(row.get(1));
      if (type == SET_PROPERTY) {
        continue;
      }
      assertThat(type & SYSTEM).as(row.get(0)).isEqualTo(SYSTEM);
      assertThat(row.get(2)).as("where %s runs", row.get(0)).isEqualTo("System64Folder");
      String command = row.get(3);
      if (command.contains(" service ")) {
        agents++;
        List<String> options =
            List.of(command.substring(0, command.indexOf(" \"-Dsessionbridge")).split(" "));
        assertThat(options.get(0)).isEqualTo("\"[INSTALLDIR]runtime\\bin\\java.exe\"");
        assertThat(options).contains("-Xmx96m", "--enable-native-access=ALL-UNNAMED");
        assertThat(options.subList(1, options.size()))
            .allMatch(option -> option.equals("[JAVAOPTIONS]") || script.contains(option));
        assertThat(options.contains("[JAVAOPTIONS]")).isEqualTo(row.get(0).equals("install"));
      }
    }
    assertThat(agents).isEqualTo(6);
  }

  /** Windows lets a user who is no administrator repair the program, and the system does it. */
  @Test
  void aRepairRunsNothingAndTakesNothingFromItsUser() throws Exception {
    Map<String, String> conditions = msi.column("InstallExecuteSequence", 1);
    for (List<String> row : msi.table("CustomAction")) {
      if (Integer.parseInt(row.get(1)) != SET_PROPERTY) {
        assertThat(conditions.get(row.get(0)))
            .as(row.get(0))
            .matches("(NOT Installed|REMOVE=\"ALL\")( AND .*)?")
            .doesNotContain(" OR ");
      }
    }
    assertThat(conditions)
        .containsEntry("keepINSTALLDIR", "Installed OR (NOT INSTALLDIR AND SAVEDINSTALLDIR)")
        .containsEntry("keepCONFIG", "Installed OR (NOT CONFIG AND SAVEDCONFIG)")
        .containsEntry("keepJAVAOPTIONS", "Installed OR (NOT JAVAOPTIONS AND SAVEDJAVAOPTIONS)");
    assertThat(msi.column("CustomAction", 3))
        .containsEntry("keepINSTALLDIR", "[SAVEDINSTALLDIR]")
        .containsEntry("keepCONFIG", "[SAVEDCONFIG]")
        .containsEntry("keepJAVAOPTIONS", "[SAVEDJAVAOPTIONS]");
    assertThat(msi.column("InstallUISequence", 2)).containsOnlyKeys("ExecuteAction");
    assertThat(msi.column("Property", 1).get("SecureCustomProperties").split(";"))
        .containsExactlyInAnyOrder(
            "CONFIG", "INSTALLDIR", "START", "WIX_DOWNGRADE_DETECTED", "WIX_UPGRADE_DETECTED");
  }

  @Test
  void aFailedInstallationKeepsTheServiceThatWasThere() throws Exception {
    assertThat(msi.column("InstallExecuteSequence", 1).get("undoInstall"))
        .isEqualTo("NOT Installed AND NOT WIX_UPGRADE_DETECTED AND NOT SERVICEBEFORE");
    String search = msi.column("AppSearch", 1).get("SERVICEBEFORE");
    assertThat(msi.table("RegLocator"))
        .contains(
            List.of(
                search,
                "2",
                "SYSTEM\\CurrentControlSet\\Services\\SessionBridge",
                "ImagePath",
                "18"));
  }

  @Test
  void purgeDeletesAtTheEndAndOnlyWhatIsOurs() throws Exception {
    assertThat(Integer.parseInt(msi.column("CustomAction", 1).get("purge")) & COMMIT)
        .isEqualTo(COMMIT);
    String command = msi.column("CustomAction", 3).get("purge");
    assertThat(command.substring(command.indexOf("/c ") + 3).split(" & "))
        .containsExactly(
            "rmdir /s /q \"[CommonAppDataFolder]SessionBridge\"",
            "rmdir /s /q \"[INSTALLDIR]conf\"",
            "rmdir /s /q \"[INSTALLDIR]plugins\"",
            "rmdir \"[INSTALLDIR].\"");
  }

  @Test
  void noMachineIsRestarted() throws Exception {
    assertThat(msi.column("Property", 1)).containsEntry("REBOOT", "ReallySuppress");
    assertThat(msi.column("InstallExecuteSequence", 2))
        .doesNotContainKeys("ForceReboot", "ScheduleReboot");
  }
}
