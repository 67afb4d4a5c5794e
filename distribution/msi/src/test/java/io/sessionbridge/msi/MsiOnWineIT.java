package io.sessionbridge.msi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The package's whole life by Wine's msiexec and service manager, with the Java that the other
 * tests for Windows have, because Wine 8 ends newer ones.
 */
@Timeout(1800)
class MsiOnWineIT {

  private static final Path WINE = Path.of("/usr/lib/wine/wine64");

  @TempDir private Path folder;

  @Test
  void installsUpgradesRemovesAndPurges() throws Exception {
    Programs.requireBuilders();
    String java = System.getenv("SESSIONBRIDGE_WINDOWS_JAVA");
    RequiredTool.require(java != null, "needs a Java for Windows (SESSIONBRIDGE_WINDOWS_JAVA)");
    RequiredTool.require(Files.isExecutable(WINE), "this machine has no " + WINE);
    Programs programs = new Programs(folder);
    Path runtime = Path.of(String.valueOf(java)).getParent().getParent();
    Path changed = folder.resolve("changed");
    programs.run(Map.of(), 60, "cp", "-r", Programs.BUNDLE.toString(), changed.toString());
    Files.writeString(changed.resolve("docs/later.md"), "later\n");
    Files.writeString(
        changed.resolve("conf/windows-service.yaml"),
        "# of the package\n",
        StandardOpenOption.APPEND);
    Path before = folder.resolve("old.msi");
    Path after = folder.resolve("new.msi");
    programs.build(Programs.BUNDLE, runtime, "0.1.0", before, Map.of());
    programs.build(changed, runtime, "0.2.0", after, Map.of());
    String server =
        Stream.of("wineserver64", "wineserver")
            .map(WINE::resolveSibling)
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow()
            .toString();
    String printed =
        programs.run(
            Map.of("WINEPREFIX", folder.resolve("prefix").toString()),
            1500,
            Path.of("src/test/wine/cycle").toAbsolutePath().toString(),
            WINE.toString(),
            server,
            before.toString(),
            after.toString());
    assertThat(printed.strip()).endsWith("passed");
  }
}
