package io.sessionbridge.cli.service;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.JavaVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java options of a service: those from the start script and {@code SESSIONBRIDGE_JAVA_OPTS}
 * that are on an allow list. Others could make the service run any code as the system ({@code
 * -javaagent}, {@code -agentpath}, {@code -Xbootclasspath}, properties of libraries), and may come
 * from an environment that someone else controls.
 */
final class ServiceJavaOptions {

  private static final Pattern MEMORY = Pattern.compile("-X(mx|ms|mn|ss)\\d+[kKmMgG]?");
  private static final Pattern VM_OPTION = Pattern.compile("-XX:[+-]?(\\w+)(=[\\w.]+)?");
  private static final Set<String> VM_OPTIONS =
      Set.of(
          "ExitOnOutOfMemoryError",
          "MaxDirectMemorySize",
          "MaxMetaspaceSize",
          "MaxNewSize",
          "NewSize",
          "ReservedCodeCacheSize",
          "SurvivorRatio",
          "Tier3BackEdgeThreshold",
          "Tier3MinInvocationThreshold",
          "TieredStopAtLevel",
          "UseG1GC",
          "UseParallelGC",
          "UsePerfData",
          "UseSerialGC");
  private static final Set<String> OTHERS =
      Set.of("-Dfile.encoding=UTF-8", "--enable-native-access=ALL-UNNAMED", "-Xrs");
  private static final String OWN = "-Dsessionbridge.";

  /** Options that only concern this invocation. */
  private static final Set<String> OF_THIS_CALL =
      Set.of("-Dsessionbridge.home", "-Dsessionbridge.terminal", "-Dsessionbridge.data", "-Xrs");

  private ServiceJavaOptions() {}

  /**
   * Selects the options for the service, in order.
   *
   * @param given the options of this Java, as it reports them
   * @param environment the environment of this process
   * @param report gets a message for each variable whose options are ignored
   * @throws CommandException if an option is not allowed in a service
   */
  static List<String> of(
      List<String> given, Map<String, String> environment, Consumer<String> report)
      throws CommandException {
    List<String> options = new ArrayList<>(given);
    for (String variable : JavaVariables.NAMES) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isBlank()) {
        JavaVariables.remove(value, options);
        report.accept("the service ignores the options in " + variable + ": " + value.strip());
      }
    }
    for (String option : options) {
      requireAllowed(option);
    }
    return options.stream().filter(option -> !OF_THIS_CALL.contains(name(option))).toList();
  }

  private static String name(String option) {
    int end = option.indexOf('=');
    return end < 0 ? option : option.substring(0, end);
  }

  private static void requireAllowed(String option) throws CommandException {
    Matcher vm = VM_OPTION.matcher(option);
    boolean allowed =
        option.startsWith(OWN)
            || OTHERS.contains(option)
            || MEMORY.matcher(option).matches()
            || (vm.matches() && VM_OPTIONS.contains(vm.group(1)));
    if (!allowed) {
      throw new CommandException(
          "a service does not accept the option "
              + option
              + " of Java: allowed are -Xmx, -Xms, -Xmn, -Xss, -Dsessionbridge.*, and of -XX "
              + String.join(", ", VM_OPTIONS.stream().sorted().toList())
              + "; remove it from SESSIONBRIDGE_JAVA_OPTS or, with the MSI package, from JAVAOPTIONS");
    }
  }
}
