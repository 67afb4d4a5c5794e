package io.sessionbridge.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Plays the service manager for what it cannot be made to send: session changes, power and time.
 * See {@code scmhook.c}.
 */
final class ServiceHook {

  private final Path folder;
  private final Path library;
  private int sent;

  private ServiceHook(Path folder, Path library) {
    this.folder = folder;
    this.library = library;
  }

  /**
   * A hook that is in no service yet; skips the test where it cannot be built.
   *
   * @param folder of a name that is plain ASCII
   */
  static ServiceHook orSkip(Path folder) throws Exception {
    return new ServiceHook(
        Files.createDirectories(folder), CrossCompiler.library("scmhook", folder));
  }

  /** For the Java of the service. */
  String javaOption() {
    return "-agentpath:" + Wine.windowsPath(library) + "=" + Wine.windowsPath(folder);
  }

  /** Has the handler called, line by line, and returns its answers. */
  List<String> call(String... lines) throws Exception {
    Path answer = begin(lines);
    Await.until(() -> Files.exists(answer));
    return Files.readAllLines(answer);
  }

  /** Has the handler called, without waiting for it; returns the file of the answers. */
  Path begin(String... lines) throws IOException {
    sent++;
    Path whole = Files.write(folder.resolve(sent + ".new"), List.of(lines));
    Files.move(whole, folder.resolve(sent + ".cmd"), StandardCopyOption.ATOMIC_MOVE);
    return folder.resolve(sent + ".out");
  }

  /** A session change, as a line. */
  static String session(int code, long session) {
    return "send 14 " + code + " 08000000" + hex(session);
  }

  /** A session change as a message to the window of the source wts, as a line. */
  static String message(int code, long session) {
    return "post " + code + " " + session;
  }

  /** Whether that window is there. */
  boolean findsWindow() throws Exception {
    return call("find").get(0).startsWith("0 ");
  }

  private static String hex(long number) {
    return "%08x".formatted(Integer.reverseBytes((int) number));
  }
}
