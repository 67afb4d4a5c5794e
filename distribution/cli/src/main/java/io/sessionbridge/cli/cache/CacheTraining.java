package io.sessionbridge.cli.cache;

import io.sessionbridge.cli.JavaVariables;
import io.sessionbridge.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the class cache: runs the agent for some seconds with every kind of sink, in a folder of
 * its own, and keeps what Java records. No receiver is needed: the sinks try to connect to a local
 * port without a listener, and {@link TrainingRun} loads what connected sinks need. A cache that
 * Java refuses, or from which it takes no class of the agent, is not kept.
 */
public final class CacheTraining {

  private static final int RUN_SECONDS = 5;

  /** For each program: on a busy machine Java takes long to write a cache. */
  private static final int LIMIT_SECONDS = 300;

  private static final String CHECK = "-XX:AOTMode=on";

  /** What Java logs when it takes the agent's main class from a cache. */
  private static final String TAKEN = Main.class.getName() + " source: shared objects file";

  private final ClassCache cache;
  private final List<String> java;

  /**
   * For a cache.
   *
   * @param java the program, its options and the class path, as the agent is started with them
   */
  public CacheTraining(ClassCache cache, List<String> java) {
    this.cache = cache;
    this.java = List.copyOf(java);
  }

  /**
   * Makes the cache and puts it in its place. Takes a minute at the most on a quiet machine.
   *
   * @throws CacheException if that is not possible; a cache that was there stays, unless no cache
   *     can be of use in its folder
   */
  public void run() throws CacheException, InterruptedException {
    Path folder = cache.file().getParent();
    if (folder == null) {
      throw new CacheException("no folder for " + cache.file());
    }
    try {
      Path work = Files.createTempDirectory(folder, "class-cache-");
      try {
        Path made = work.resolve("cache");
        train(work, made);
        check(work, made);
        install(made);
      } finally {
        delete(work);
      }
    } catch (IOException e) {
      throw new CacheException("cannot write the class cache " + cache.file() + ": " + e, e);
    }
  }

  private void train(Path work, Path made)
      throws IOException, CacheException, InterruptedException {
    List<String> run =
        List.of(
            "run",
            "--config",
            TrainingConfig.writeTo(work).toString(),
            "--exit-when-drained",
            "--timeout",
            RUN_SECONDS + "s");
    // The exit code of the run only says that events are pending for the sinks.
    if (cache.aot()) {
      // AOTCacheOutput would do both at once, but its second Java is started through a shell, which
      // on Windows limits the length of the class path.
      String recorded = "-XX:AOTConfiguration=" + work.resolve("recorded");
      start(work, List.of("-XX:AOTMode=record", recorded), run);
      start(work, List.of("-XX:AOTMode=create", recorded, cache.use(made)), List.of());
    } else {
      Path list = work.resolve("classes");
      start(work, List.of("-XX:DumpLoadedClassList=" + list), run);
      start(
          work,
          List.of("-Xshare:dump", "-XX:SharedClassListFile=" + list, cache.use(made)),
          List.of());
    }
    if (!Files.isRegularFile(made)) {
      throw new CacheException("Java made no class cache: " + lastLine(work));
    }
  }

  /**
   * Java ends at once if it cannot use it. But it says nothing when it takes its own classes from
   * it and not those of the agent. The class path is that of the service.
   */
  private void check(Path work, Path made)
      throws IOException, CacheException, InterruptedException {
    String only = cache.aot() ? CHECK : "-Xshare:on";
    int exitCode =
        start(work, List.of(only, cache.use(made), "-Xlog:class+load"), List.of("--version"));
    if (exitCode != 0) {
      throw new CacheException("Java refuses the class cache that it made: " + lastLine(work));
    }
    if (output(work).noneMatch(line -> line.contains(TAKEN))) {
      // One that was there is of no more use, and the agent would advise to make it again.
      cache.delete();
      throw new CacheException(
          "Java takes no class of the agent from a class cache in "
              + cache.file().getParent()
              + "; before Java 25 it does so only if this path has no blank, no letter beyond ASCII"
              + " and no other character that a URL encodes");
    }
  }

  private void install(Path made) throws IOException {
    // Not by its FileStore, which Java does not find in a chroot.
    PosixFileAttributeView posix = Files.getFileAttributeView(made, PosixFileAttributeView.class);
    if (posix != null) {
      posix.setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
    }
    try (FileChannel file = FileChannel.open(made, StandardOpenOption.READ)) {
      file.force(true);
    } catch (IOException e) {
      // Windows forces only files that are open for writing; Java checks the length there.
      if (!cache.aot()) {
        throw e;
      }
    }
    long length = Files.size(made);
    Files.deleteIfExists(cache.lengthFile());
    Files.move(
        made, cache.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (!cache.aot()) {
      Files.writeString(cache.lengthFile(), length + "\n");
    }
  }

  /**
   * A class path without the folders that have no jars. Java leaves their wildcard in the path, and
   * on Windows, where no file can have such a name, it then records nothing: "Unable to open file
   * C:\\...\\plugins\\*".
   */
  static String recordable(String classPath, String separator) throws IOException {
    List<String> kept = new ArrayList<>();
    for (String entry : classPath.split(Pattern.quote(separator), -1)) {
      if (!entry.endsWith("*") || hasJars(Path.of(entry.substring(0, entry.length() - 1)))) {
        kept.add(entry);
      }
    }
    return String.join(separator, kept);
  }

  private static boolean hasJars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".jar"));
    }
  }

  private int start(Path work, List<String> options, List<String> arguments)
      throws IOException, CacheException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java.get(0)));
    int classPath = java.indexOf("-cp");
    command.addAll(java.subList(1, classPath));
    command.addAll(options);
    String jars = java.get(classPath + 1);
    boolean recorded = File.pathSeparatorChar == ';' && options.stream().noneMatch(CHECK::equals);
    command.addAll(List.of("-cp", recorded ? recordable(jars, File.pathSeparator) : jars));
    if (!arguments.isEmpty()) {
      command.add(TrainingRun.class.getName());
      command.addAll(arguments);
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(work).toFile());
    // Options for all Javas would go into the cache, and it would fit with those alone.
    JavaVariables.NAMES.forEach(builder.environment()::remove);
    builder.environment().remove("JDK_AOT_VM_OPTIONS");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new CacheException(
            "Java did not make the class cache within " + LIMIT_SECONDS + " s");
      }
      return process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Path log(Path work) {
    return work.resolve("output");
  }

  private static Stream<String> output(Path work) throws IOException {
    return new String(Files.readAllBytes(log(work)), Charset.defaultCharset()).lines();
  }

  private static String lastLine(Path work) throws IOException {
    return output(work)
        .reduce("it printed nothing", (before, line) -> line.isBlank() ? before : line);
  }

  private static void delete(Path work) throws IOException {
    try (Stream<Path> files = Files.walk(work)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
