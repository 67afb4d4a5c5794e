package io.sessionbridge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;

/** What {@link SessionUserProbe} starts: reports what it was given, or waits to be ended. */
final class SessionUserProgram {

  private SessionUserProgram() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments[0].equals("wait")) {
      new CountDownLatch(1).await();
    }
    System.out.println("USERNAME " + System.getenv("USERNAME"));
    System.out.println("USERPROFILE " + System.getenv("USERPROFILE"));
    System.out.println("folder " + Path.of("").toAbsolutePath());
    System.out.println("SESSIONBRIDGE_KIND " + System.getenv("SESSIONBRIDGE_KIND"));
    System.out.println("input " + HexFormat.of().formatHex(System.in.readAllBytes()));
    System.exit(42);
  }

  /** The input that the probe gives, as the program reports it. */
  static String input() {
    return HexFormat.of().formatHex("größer €".getBytes(UTF_8));
  }
}
