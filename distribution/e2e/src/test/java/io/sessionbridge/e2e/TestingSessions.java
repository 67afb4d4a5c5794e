package io.sessionbridge.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/** Plays the sessions of Windows inside a program: the library of {@code src/test/c/wtsapi32}. */
final class TestingSessions {

  private static final Instant FILETIME_ZERO = Instant.parse("1601-01-01T00:00:00Z");

  private static final String OVERRIDES = "HKCU\\Software\\Wine\\DllOverrides";

  /**
   * A session of the console with a user; not 1, in which the tests run with a user of their own.
   */
  record Session(int id, boolean locked, Instant logon, String domain, String user) {

    Session lockedNow() {
      return new Session(id, true, logon, domain, user);
    }

    private String line() {
      long filetime = ChronoUnit.SECONDS.between(FILETIME_ZERO, logon) * 10_000_000;
      return "%d 0 %d %d %s %s".formatted(id, locked ? 1 : 0, filetime, domain, user);
    }
  }

  private final Path library;

  private TestingSessions(Path library) {
    this.library = library;
  }

  /** Without any session yet; skips the test where the library cannot be made. */
  static TestingSessions in(Path folder, Wine wine) throws Exception {
    Path library = Files.createDirectories(folder.resolve("wtsapi32"));
    CrossCompiler.library("wtsapi32", library);
    // Wine takes its own library even for another file of that name, if nothing forbids it.
    wine.run("reg", "add", OVERRIDES, "/v", "wtsapi32", "/d", "native,builtin", "/f");
    return new TestingSessions(library);
  }

  /** The folder where Java finds the library. */
  Path folder() {
    return library;
  }

  /** What there is from now on. */
  void are(Session... sessions) throws IOException {
    List<String> lines = Arrays.stream(sessions).map(Session::line).toList();
    Path whole = Files.write(library.resolve("sessions.new"), lines);
    Files.move(whole, library.resolve("sessions.txt"), StandardCopyOption.ATOMIC_MOVE);
  }
}
