package io.sessionbridge.cli;

import io.sessionbridge.windows.service.JnaLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command with which Windows starts the service: this Java, with the options that it was given
 * itself. The start script is the one place where they stand.
 */
final class ServiceCommandLine {

  private ServiceCommandLine() {}

  /**
   * The program and its arguments.
   *
   * @param javaHome of this Java
   * @param given the options of this Java, as it tells them itself
   * @param home where the program was unpacked
   * @param config the configuration
   * @param dataDir where the service may write
   */
  static List<String> of(Path javaHome, List<String> given, Path home, Path config, Path dataDir) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve("java.exe").toString());
    given.stream().filter(ServiceCommandLine::isForServices).forEach(command::add);
    command.add("-Xrs"); // who logs off from the console must not end a service
    command.add("-XX:ErrorFile=" + ServiceLog.folder(dataDir).resolve("hs_err_pid%p.log"));
    command.addAll(JnaLibrary.options(libraries(dataDir)));
    command.add("-Dsessionbridge.home=" + home);
    command.addAll(List.of("-cp", allIn(home, "lib") + ";" + allIn(home, "plugins")));
    command.add(Main.class.getName());
    command.addAll(List.of("service", "run", "--config", config.toString()));
    return command;
  }

  /** Where native libraries are that a service loads. */
  static Path libraries(Path dataDir) {
    return dataDir.resolve("native");
  }

  /** A file name of * is none that a path could have. */
  private static String allIn(Path home, String folder) {
    return home.resolve(folder) + home.getFileSystem().getSeparator() + "*";
  }

  /** The program's own properties are about this call, and the class path comes apart. */
  private static boolean isForServices(String option) {
    return !option.startsWith("-Dsessionbridge.home=")
        && !option.startsWith("-Dsessionbridge.terminal=")
        && !option.startsWith("-Djna.")
        && !option.startsWith("-XX:ErrorFile=")
        && !option.equals("-Xrs");
  }
}
