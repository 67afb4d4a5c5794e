package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * SessionBridge's kernel driver, loaded into Wine, with what Wine lacks of the I/O manager: see
 * {@code drivershim.c}.
 */
final class DriverShim implements AutoCloseable {

  static final String DRIVER = "SessionBridgeDriver";

  private static final String SHIM = "DriverShim";
  private static final Path ARCHIVES = Path.of("../bundle/target").toAbsolutePath();
  private static final Path SHIM_BUILD = Path.of("src/test/c/drivershim/build.sh").toAbsolutePath();

  private final Path folder;
  private final Path file;
  private final Poster caller;
  private int fired;

  private DriverShim(Path folder, Path file, Poster caller) {
    this.folder = folder;
    this.file = file;
    this.caller = caller;
  }

  /**
   * Builds and installs both, and starts the shim; the driver is not started.
   *
   * @param folder for the programs
   */
  static DriverShim install(Wine wine, Path folder) throws Exception {
    CrossCompiler.require();
    Path driver = unpacked("test-build/sessionbridge.sys", folder);
    Path shim = built(SHIM_BUILD, folder.resolve("drivershim.sys"));
    DriverShim made =
        new DriverShim(
            wine.drive().resolve("drivershim"), driver, wine.talk(folder, DriverCaller.class));
    made.removeServices();
    Files.deleteIfExists(made.refusal());
    made.done("create " + SHIM + " " + Wine.windowsPath(shim));
    made.create();
    made.done("start " + SHIM);
    return made;
  }

  /** A file of the driver's archive, as whoever downloads it has it. */
  private static Path unpacked(String name, Path folder) throws IOException {
    Path archive;
    try (Stream<Path> files = Files.list(ARCHIVES)) {
      archive =
          files
              .filter(
                  file -> file.getFileName().toString().matches("sessionbridge-driver-.*\\.zip"))
              .findFirst()
              .orElseThrow();
    }
    try (FileSystem zip = FileSystems.newFileSystem(archive);
        Stream<Path> entries = Files.walk(zip.getPath("/"))) {
      Path entry = entries.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
      return Files.copy(entry, folder.resolve(entry.getFileName().toString()));
    }
  }

  private static Path built(Path script, Path output) throws Exception {
    Process process =
        new ProcessBuilder("sh", script.toString(), output.toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return output;
  }

  private void done(String command) throws IOException {
    assertThat(caller.ask(command)).as(command).isEqualTo("0");
  }

  /** Makes the driver's service. */
  void create() throws IOException {
    done("create " + DRIVER + " " + Wine.windowsPath(file));
  }

  Path file() {
    return file;
  }

  void start() throws IOException {
    done("start " + DRIVER);
  }

  void stop() throws IOException {
    done("stop " + DRIVER);
  }

  String statistics() throws IOException {
    return caller.ask("statistics -");
  }

  /** The handles of a process before and after it opened and closed the driver so many times. */
  String handles(int count) throws IOException {
    return caller.ask("open " + count);
  }

  private Path refusal() {
    return folder.resolve("register.fail");
  }

  /** Lets the next registrations fail. */
  void refuse(String status) throws IOException {
    Files.writeString(refusal(), status);
  }

  void accept() throws IOException {
    Files.delete(refusal());
  }

  /**
   * Has the driver called, and returns how many times it was.
   *
   * @param events lines of {@code COUNT EVENT SESSION STATE LOCAL PAYLOAD}
   */
  int notify(String... events) throws Exception {
    fired++;
    Path whole = folder.resolve(fired + ".new");
    Path answer = folder.resolve(fired + ".out");
    Files.deleteIfExists(answer);
    Files.writeString(whole, String.join("\n", events) + "\n");
    Files.move(whole, folder.resolve(fired + ".cmd"), StandardCopyOption.ATOMIC_MOVE);
    Await.until(() -> Files.exists(answer));
    return Integer.parseInt(Files.readString(answer).strip());
  }

  private void removeServices() throws IOException {
    for (String service : new String[] {DRIVER, SHIM}) {
      caller.ask("stop " + service);
      caller.ask("delete " + service);
    }
  }

  @Override
  public void close() throws IOException {
    removeServices();
    caller.close();
  }
}
