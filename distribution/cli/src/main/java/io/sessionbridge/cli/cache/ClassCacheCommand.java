package io.sessionbridge.cli.cache;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.JavaVariables;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Makes the class cache. */
@Command(
    name = "class-cache",
    description = {
      "Makes the class cache, with which the agent starts about twice as fast and needs less"
          + " memory.",
      "Packages and service install do this. Do it again after a change of Java or of a jar. The"
          + " program's folder must be writable."
    },
    mixinStandardHelpOptions = true)
public final class ClassCacheCommand implements Callable<Integer> {

  private static final List<String> NOT_FOR_TRAINING =
      List.of(
          "-XX:AOT",
          "-XX:+AOT",
          "-XX:-AOT",
          "-XX:SharedArchiveFile=",
          "-XX:ArchiveRelocationMode=",
          "-Xlog:",
          "-Dsessionbridge.cache=",
          "-Dsessionbridge.cache.unused=",
          "-Dsessionbridge.terminal=");

  @Override
  public Integer call() throws CommandException, InterruptedException {
    ClassCache cache = ClassCache.ofThisJava();
    if (!cache.isSupported()) {
      throw new CommandException(
          "a class cache on Windows needs Java 25 or later; this is Java "
              + Runtime.version().feature());
    }
    try {
      new CacheTraining(cache, thisJava()).run();
    } catch (CacheException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    System.out.println("made " + cache.file());
    return ExitCode.DONE;
  }

  private static List<String> thisJava() {
    List<String> java = new ArrayList<>();
    String program = File.separatorChar == '\\' ? "java.exe" : "java";
    java.add(Path.of(System.getProperty("java.home"), "bin", program).toString());
    java.addAll(
        trainingOptions(ManagementFactory.getRuntimeMXBean().getInputArguments(), System.getenv()));
    java.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return java;
  }

  /**
   * The options of a Java without those of variables for all Javas, and without those that concern
   * a class cache in use or only this call. The unlocking of diagnostic options stays, because
   * others may need it.
   */
  static List<String> trainingOptions(List<String> options, Map<String, String> environment) {
    List<String> typed = new ArrayList<>(options);
    JavaVariables.NAMES.forEach(
        name -> JavaVariables.remove(environment.getOrDefault(name, ""), typed));
    return typed.stream()
        .filter(option -> NOT_FOR_TRAINING.stream().noneMatch(option::startsWith))
        .toList();
  }
}
