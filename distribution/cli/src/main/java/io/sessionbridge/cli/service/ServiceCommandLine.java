package io.sessionbridge.cli.service;

import io.sessionbridge.cli.Main;
import io.sessionbridge.cli.NativeLibraries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of the service: this Java, with those of its own options that are allowed in a
 * service.
 *
 * @param javaHome the home of this Java
 * @param options see {@link ServiceJavaOptions} and {@link NativeLibraries}
 * @param home where the program was unpacked
 * @param config the configuration
 * @param dataDir where the service may write
 * @param allowWritable whether it runs even if others can change its data folder
 */
record ServiceCommandLine(
    Path javaHome,
    List<String> options,
    Path home,
    Path config,
    Path dataDir,
    boolean allowWritable) {

  /** Passes {@link #dataDir}, which the service needs before it reads its configuration. */
  static final String DATA_PROPERTY = "sessionbridge.data";

  ServiceCommandLine {
    options = List.copyOf(options);
  }

  /** The program and its arguments. */
  List<String> command() {
    List<String> own = new ArrayList<>(options);
    own.add("-Xrs"); // a logoff from the console must not end the service
    own.add("-XX:ErrorFile=" + ServiceLog.folder(dataDir).resolve("hs_err_pid%p.log"));
    own.add("-D" + DATA_PROPERTY + "=" + dataDir);
    List<String> command = new ArrayList<>(java(javaHome, own, home));
    command.add(Main.class.getName());
    command.addAll(List.of("service", "run", "--config", config.toString()));
    if (allowWritable) {
      command.add(AllowWritable.OPTION);
    }
    return command;
  }

  /** The program, its options and the class path. */
  static List<String> java(Path javaHome, List<String> options, Path home) {
    List<String> java = new ArrayList<>();
    java.add(javaHome.resolve("bin").resolve("java.exe").toString());
    java.addAll(options);
    java.add("-Dsessionbridge.home=" + home);
    java.addAll(List.of("-cp", allIn(home, "lib") + ";" + allIn(home, "plugins")));
    return java;
  }

  /** A string, since * is not valid in a path. */
  private static String allIn(Path home, String folder) {
    return home.resolve(folder) + home.getFileSystem().getSeparator() + "*";
  }
}
