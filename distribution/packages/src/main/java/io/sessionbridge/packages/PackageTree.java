package io.sessionbridge.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.cli.Main;
import io.sessionbridge.cli.service.SystemdUnit;
import io.sessionbridge.parts.PartHashes;
import io.sessionbridge.parts.SlimJar;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The files of a Linux package, in a folder that stands for the root of the machine. Whoever packs
 * it sets owners and modes.
 */
public final class PackageTree {

  private static final Path HOME = Path.of("/usr/lib/sessionbridge");
  private static final Path CONFIG = Path.of("/etc/sessionbridge/sessionbridge.yaml");
  private static final Path DATA = Path.of("/var/lib/sessionbridge");
  private static final String USER = "sessionbridge";

  private final Path bundle;
  private final Path sources;
  private final Path root;

  private PackageTree(Path bundle, Path sources, Path root) {
    this.bundle = bundle;
    this.sources = sources;
    this.root = root;
  }

  /** Arguments: the bundle, this module's {@code src/main}, the new folder. */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[2]);
    deleteAll(root);
    new PackageTree(Path.of(args[0]), Path.of(args[1]), root).make();
  }

  private void make() throws IOException {
    libraries();
    copy("bin/sessionbridge", place(HOME.resolve("bin/sessionbridge")));
    copy("plugins/README.txt", place(HOME.resolve("plugins/README.txt")));
    copy("share/demo/office-day.jsonl", documents("examples/office-day.jsonl"));
    copy("docs", documents("docs"));
    write(CONFIG, Files.readString(sources.resolve("conf/sessionbridge.yaml")));
    write(
        Path.of("/usr/lib/systemd/system/sessionbridge.service"),
        SystemdUnit.ofPackage(HOME, CONFIG, DATA, USER).text());
    write(
        HOME.resolve("package/functions"), Files.readString(sources.resolve("scripts/functions")));
    licences();
    commands();
  }

  /** Of native code only what a Linux can load. */
  private void libraries() throws IOException {
    Path lib = Files.createDirectories(place(HOME.resolve("lib")));
    for (Path jar : files(bundle.resolve("lib"))) {
      SlimJar.copy(jar, lib.resolve(jar.getFileName().toString()), SlimJar.For.LINUX);
    }
  }

  private void licences() throws IOException {
    for (String name : List.of("LICENSE", "NOTICE", "THIRD-PARTY.txt")) {
      copy(name, documents(name));
    }
    // The jars have lost what Windows alone loads.
    write(
        documents("sbom.cdx.json"),
        PartHashes.ofJars(
            Files.readString(bundle.resolve("sbom.cdx.json")), place(HOME.resolve("lib"))));
    write(
        documents("copyright"),
        "SessionBridge is licensed under the Apache License 2.0: see LICENSE. The libraries in it"
            + " have\ntheir own licences: see THIRD-PARTY.txt.\n");
  }

  private void commands() throws IOException {
    CommandLine program = new CommandLine(new Main());
    for (Map.Entry<String, String> page : ManPages.of(program).entrySet()) {
      Path file = place(Path.of("/usr/share/man/man1", page.getKey() + ".1.gz"));
      Files.createDirectories(parent(file));
      Files.write(file, Gzip.of(page.getValue().getBytes(UTF_8)));
    }
    nameArguments(program);
    write(
        Path.of("/usr/share/bash-completion/completions/sessionbridge"),
        completion(AutoComplete.bash("sessionbridge", program)));
  }

  /** The makers of completions want a name of letters for each argument, and "-" has none. */
  private static void nameArguments(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    for (PositionalParamSpec one : List.copyOf(spec.positionalParameters())) {
      if (!one.paramLabel().matches(".*[A-Za-z].*")) {
        spec.remove(one);
        spec.addPositional(one.toBuilder().paramLabel("INPUT").build());
      }
    }
    command.getSubcommands().values().forEach(PackageTree::nameArguments);
  }

  /** The comment at its top has the time of its making, or else would. */
  private static String completion(String script) {
    return script.replaceAll("(?m)^# Generated (by|on|at) .*\\R", "");
  }

  private Path place(Path absolute) {
    return root.resolve(absolute.toString().substring(1));
  }

  private Path documents(String name) throws IOException {
    Path file = place(Path.of("/usr/share/doc/sessionbridge", name));
    Files.createDirectories(parent(file));
    return file;
  }

  /** To where it is on the machine, or to a place in this folder. */
  private void write(Path file, String text) throws IOException {
    Path there = file.startsWith(root) ? file : place(file);
    Files.createDirectories(parent(there));
    Files.writeString(there, text);
  }

  private void copy(String name, Path to) throws IOException {
    Path from = bundle.resolve(name);
    List<Path> all;
    try (Stream<Path> found = Files.walk(from)) {
      all = found.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : all) {
      Path target = to.resolve(from.relativize(file).toString());
      Path there = file.equals(from) ? to : target;
      Files.createDirectories(parent(there));
      Files.copy(file, there);
    }
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException(file + " has no folder");
    }
    return parent;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path one, @Nullable IOException e)
              throws IOException {
            Files.delete(one);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
