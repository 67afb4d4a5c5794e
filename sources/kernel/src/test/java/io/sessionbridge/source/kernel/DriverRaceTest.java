package io.sessionbridge.source.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.source.kernel.DriverProgram.Run;
import io.sessionbridge.source.kernel.DriverProgram.Sanitizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the driver's source in a program that simulates the kernel, with threads that notify, read,
 * cancel and close. Seeded faults show that the program detects mistakes.
 */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class DriverRaceTest {

  private static final int STORM_MILLIS = 2000;
  private static final int SHORT_STORM_MILLIS = 400;

  @TempDir Path folder;

  @Test
  void balancesItsCountersUnderBothSanitizers() throws Exception {
    String source = Files.readString(DriverProgram.SOURCE);
    for (Sanitizer sanitizer : Sanitizer.values()) {
      Run run = new DriverProgram(folder, sanitizer).run(source, STORM_MILLIS);
      assertThat(run.output()).as("%s, exit %s", sanitizer, run.exit()).endsWith("PASSED\n");
      assertThat(run.exit()).isZero();
      run.output()
          .lines()
          .filter(line -> line.startsWith("storm"))
          .forEach(line -> System.out.println(sanitizer + " " + line));
    }
  }

  @Test
  void findsEachSeededFault() throws Exception {
    String source = Files.readString(DriverProgram.SOURCE);
    DriverProgram memory = new DriverProgram(folder, Sanitizer.MEMORY);
    DriverProgram threads = new DriverProgram(folder, Sanitizer.THREADS);
    for (SeededFault fault : SeededFault.ALL) {
      String faulty = fault.in(source);
      Optional<String> found = finding(memory, faulty, SHORT_STORM_MILLIS);
      if (found.isEmpty()) {
        found = finding(threads, faulty, STORM_MILLIS);
      }
      System.out.printf("%-50s %s%n", fault.name(), found.orElse("NOT FOUND"));
      assertThat(found).as(fault.name()).isPresent();
    }
  }

  private static Optional<String> finding(DriverProgram program, String source, int stormMillis)
      throws Exception {
    Run run = program.run(source, stormMillis);
    return run.hasPassed() ? Optional.empty() : Optional.of(run.finding());
  }
}
