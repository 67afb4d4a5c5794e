package io.sessionbridge.cli.cache;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

  /** Properties that are about this call or about the cache that it was started with. */
  private static final Set<String> OF_THIS_CALL =
      Set.of("sessionbridge.cache", "sessionbridge.cache.unused", "sessionbridge.terminal");

  @Override
  public Integer call() throws CommandException, InterruptedException {
    ClassCache cache = ClassCache.ofThisJava();
    if (!cache.isSupported()) {
      throw new CommandException(
          "a class cache on Windows needs Java 25 or later; this is Java "
              + Runtime.version().feature());
    }
    try {
      new CacheTraining(cache, thisJava(cache)).run();
    } catch (CacheException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    System.out.println("made " + cache.file());
    return ExitCode.DONE;
  }

  private static List<String> thisJava(ClassCache cache) {
    List<String> java = new ArrayList<>();
    String program = File.separatorChar == '\\' ? "java.exe" : "java";
    java.add(Path.of(System.getProperty("java.home"), "bin", program).toString());
    List<String> options =
        new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    options.removeAll(cache.options());
    options.removeIf(
        option -> OF_THIS_CALL.stream().anyMatch(name -> option.startsWith("-D" + name + "=")));
    java.addAll(options);
    java.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return java;
  }
}
