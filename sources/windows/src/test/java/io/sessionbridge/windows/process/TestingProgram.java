package io.sessionbridge.windows.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What a test starts: it does what its first argument says. */
final class TestingProgram {

  private TestingProgram() {}

  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java.exe").toString());
    command.add("-Xshare:auto");
    command.add("-XX:TieredStopAtLevel=1");
    for (String name : new String[] {"jna.boot.library.path", "jna.nounpack"}) {
      String value = System.getProperty(name);
      if (value != null) {
        command.add("-D" + name + "=" + value);
      }
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(TestingProgram.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Also a program that is killed does no more than this. */
  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "arguments" -> arguments(arguments);
      case "echo" -> echo();
      case "tree" -> tree();
      case "hook" -> hook();
      case "owner" -> owner();
      default -> System.exit(2);
    }
  }

  private static void arguments(String[] arguments) {
    for (int i = 1; i < arguments.length; i++) {
      say("<" + arguments[i] + ">");
    }
    say("variable " + System.getenv("SESSIONBRIDGE_TEST"));
    System.exit(42);
  }

  private static void echo() throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    say("ready");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      say("echo " + line);
    }
  }

  private static void tree() throws Exception {
    Process child =
        new ProcessBuilder(command("echo"))
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    child.waitFor();
  }

  private static void hook() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> say("asked to end")));
    say("ready");
    new CountDownLatch(1).await();
  }

  private static void owner() throws Exception {
    JobProcess process = JobProcess.start(ProcessOrder.hidden(command("echo")));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.output().orElseThrow(), UTF_8));
    lines.readLine();
    say("started " + process.pid());
    Runtime.getRuntime().halt(9);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
