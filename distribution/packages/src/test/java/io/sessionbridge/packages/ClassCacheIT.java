package io.sessionbridge.packages;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The class cache that the deb and the rpm make at their installation, with the Java of the tests.
 */
@Timeout(600)
class ClassCacheIT {

  private static final boolean AOT = Runtime.version().feature() >= 25;

  @TempDir private static Path folder;
  private static @Nullable ProgramCopy copied;
  private static Path home = Path.of("");
  private static Path cache = Path.of("");
  private static byte[] good = new byte[0];

  @BeforeAll
  static void make() throws Exception {
    ProgramCopy program = new ProgramCopy(folder.toRealPath());
    copied = program;
    home = program.home();
    cache = home.resolve(AOT ? "lib/sessionbridge.aot" : "lib/sessionbridge.jsa");
    assertThat(sessionbridge("", "class-cache").output()).isEqualTo("made " + cache + "\n");
    good = Files.readAllBytes(cache);
  }

  @AfterEach
  void repair() throws IOException {
    Files.write(cache, good);
  }

  /** What a run printed. */
  private record Outcome(String output, List<String> errors) {

    List<String> aboutTheCache() {
      return errors.stream().filter(line -> line.matches(".*(cache|\\[cds|\\[aot).*")).toList();
    }

    /** One for the start, one for the stop. */
    void hasEvents() {
      assertThat(output.lines()).as(String.join("\n", errors)).hasSize(2);
    }
  }

  private static Outcome sessionbridge(String options, String... arguments) throws Exception {
    ProgramCopy.Outcome outcome = Objects.requireNonNull(copied).run(options, arguments);
    assertThat(outcome.exitCode()).as(String.join("\n", outcome.errors())).isZero();
    return new Outcome(outcome.output(), outcome.errors());
  }

  private static Outcome run(String options) throws Exception {
    return sessionbridge(
        options, "run", "--config", "conf/sessionbridge.yaml", "--exit-when-drained");
  }

  @Test
  void isUsed() throws Exception {
    // a Java ends at once if it cannot use it
    Outcome outcome = run(AOT ? "-XX:AOTMode=on" : "-Xshare:on");

    outcome.hasEvents();
    assertThat(outcome.aboutTheCache()).isEmpty();
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      assertThat(files).noneMatch(file -> file.toString().contains("class-cache"));
    }
  }

  @Test
  void oneThatWasCutOffIsReportedInOneLine() throws Exception {
    try (FileChannel file = FileChannel.open(cache, StandardOpenOption.WRITE)) {
      file.truncate(1_000_000);
    }

    Outcome outcome = run("");

    outcome.hasEvents();
    assertThat(outcome.aboutTheCache())
        .singleElement()
        .asString()
        .contains(" WARN ", "damaged", cache + "; the agent runs without it");
  }

  @Test
  void oneThatIsNoneIsReportedInOneLine() throws Exception {
    Files.write(cache, new byte[good.length]);

    Outcome outcome = run("");

    outcome.hasEvents();
    assertThat(outcome.aboutTheCache()).singleElement().asString().contains(" WARN ", "damaged");
  }

  /** Its header names the Java that made it. */
  @Test
  void oneOfAnotherJavaIsReportedInOneLine() throws Exception {
    String version = System.getProperty("java.vm.version");
    byte[] foreign = good.clone();
    int at = new String(foreign, 0, 4096, ISO_8859_1).indexOf(version);
    assertThat(at).as("%s in the header", version).isPositive();
    foreign[at] = '9';
    Files.write(cache, foreign);

    Outcome outcome = run("");

    outcome.hasEvents();
    assertThat(outcome.aboutTheCache())
        .singleElement()
        .asString()
        .contains("was made for another Java or other jars: " + cache);
  }

  /** Java 17 and 21 take only the classes of the JDK from a cache in such a folder, silently. */
  @Test
  void isRefusedWhereJavaWouldTakeNoClassOfTheAgent() throws Exception {
    Path odd = Files.createDirectory(folder.toRealPath().resolve("Böse Pfade (100%)"));
    ProgramCopy program = new ProgramCopy(odd);
    Path there = program.home().resolve("lib/" + cache.getFileName());
    Files.write(there, good); // as of an agent that was moved there

    ProgramCopy.Outcome made = program.run("", "class-cache");

    if (AOT) {
      assertThat(made.output()).isEqualTo("made " + there + "\n");
      assertThat(program.run("-XX:AOTMode=on", "plugins").exitCode()).isZero();
      return;
    }
    assertThat(made.exitCode()).isEqualTo(1);
    assertThat(String.join("\n", made.errors()))
        .contains("no class of the agent from a class cache in " + there.getParent() + "; before");
    assertThat(there).doesNotExist();
  }

  /** As after a jar was replaced by hand. */
  @Test
  void oneForOtherJarsIsReportedInOneLine() throws Exception {
    Path jar;
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      jar =
          jars.filter(file -> file.toString().contains("sessionbridge-cli"))
              .findAny()
              .orElseThrow();
    }
    FileTime time = Files.getLastModifiedTime(jar);
    Outcome outcome;
    try {
      Files.setLastModifiedTime(jar, FileTime.from(time.toInstant().minusSeconds(3600)));
      outcome = run("");
    } finally {
      Files.setLastModifiedTime(jar, time);
    }

    outcome.hasEvents();
    assertThat(outcome.aboutTheCache())
        .singleElement()
        .asString()
        .contains("was made for another Java or other jars: " + cache);
  }
}
