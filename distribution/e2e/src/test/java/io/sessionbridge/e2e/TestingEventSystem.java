package io.sessionbridge.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays the COM+ event system and SENS inside the agent: the library of {@code src/test/c/fakees},
 * which takes its commands from files. Only for Wine, which has no event system of its own.
 */
final class TestingEventSystem {

  /** Where the library looks for the folder of its commands. */
  static final String FOLDER_VARIABLE = "FAKE_ES_DIR";

  private static final AtomicInteger COMMANDS = new AtomicInteger();

  private final Wine wine;
  private final Path dll;
  private final Path folder;

  private TestingEventSystem(Wine wine, Path dll, Path folder) {
    this.wine = wine;
    this.dll = dll;
    this.folder = folder;
  }

  /** An event system that is not registered. */
  static TestingEventSystem orSkip(Wine wine, Path folder) throws Exception {
    return new TestingEventSystem(wine, compiled(), Files.createDirectories(folder));
  }

  private static Path compiled() throws Exception {
    Path made = Files.createDirectories(Path.of("target/c").toAbsolutePath());
    return CrossCompiler.library("fakees", made, "-lole32", "-loleaut32", "-luuid");
  }

  Path folder() {
    return folder;
  }

  Path dll() {
    return dll;
  }

  /**
   * By which a program finds the folder of the commands where a test cannot set its environment.
   */
  String javaOption() {
    return "-agentpath:" + Wine.windowsPath(dll) + "=folder=" + Wine.windowsPath(folder);
  }

  void register() throws Exception {
    wine.run("regsvr32", "/s", Wine.windowsPath(dll));
  }

  void unregister() throws Exception {
    wine.run("regsvr32", "/s", "/u", Wine.windowsPath(dll));
  }

  /** Has it done before the agent gets its first answer. */
  void prepare(String command) throws IOException {
    give("c" + COMMANDS.incrementAndGet(), command);
  }

  /** Has it done by an agent that runs, and returns the answer. */
  String ask(String command) throws Exception {
    String name = "c" + COMMANDS.incrementAndGet();
    Path answer = folder.resolve(name + ".out");
    give(name, command);
    Await.until(() -> Files.exists(answer));
    return Files.readString(answer);
  }

  private void give(String name, String command) throws IOException {
    Path unfinished = Files.writeString(folder.resolve(name + ".new"), command);
    Files.move(unfinished, folder.resolve(name + ".cmd"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** What it noted, a line each. */
  String log() throws IOException {
    Path log = folder.resolve("log.txt");
    return Files.exists(log) ? Files.readString(log) : "";
  }
}
