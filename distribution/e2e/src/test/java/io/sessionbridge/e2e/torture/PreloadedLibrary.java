package io.sessionbridge.e2e.torture;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Stands between the agent and the C library, and does what a number in a shared file says. */
final class PreloadedLibrary {

  private final String name;
  private final Path library;
  private final Path control;

  /**
   * Compiles it; its number is 0.
   *
   * @param name of the source {@code /torture/NAME.c}, which reads the path of the shared file from
   *     {@code TORTURE_NAME}
   */
  PreloadedLibrary(Path folder, String name) throws IOException, InterruptedException {
    this.name = name;
    this.library = folder.resolve(name + ".so");
    this.control = folder.resolve(name + ".control");
    Path source = folder.resolve(name + ".c");
    String resource = "/torture/" + name + ".c";
    try (InputStream text =
        Objects.requireNonNull(PreloadedLibrary.class.getResourceAsStream(resource))) {
      Files.copy(text, source);
    }
    Process compiler =
        new ProcessBuilder(
                RequiredTool.find("gcc").toString(),
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                source.toString())
            .inheritIO()
            .start();
    if (compiler.waitFor() != 0) {
      throw new IOException("gcc does not compile " + source);
    }
    set(0);
  }

  /** What a process needs in its environment to have all of them. */
  static Map<String, String> environment(List<PreloadedLibrary> all) {
    Map<String, String> variables = new TreeMap<>();
    variables.put(
        "LD_PRELOAD",
        all.stream().map(one -> one.library.toString()).collect(Collectors.joining(":")));
    for (PreloadedLibrary one : all) {
      variables.put("TORTURE_" + one.name.toUpperCase(Locale.ROOT), one.control.toString());
    }
    return variables;
  }

  /** Takes effect at once, also in processes that run. */
  void set(long number) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    bytes.putLong(number).flip();
    try (FileChannel file =
        FileChannel.open(control, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(bytes);
    }
  }
}
