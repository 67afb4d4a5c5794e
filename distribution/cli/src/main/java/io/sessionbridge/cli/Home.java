package io.sessionbridge.cli;

import java.nio.file.Path;

/** The folder in which the program was unpacked; the start script tells it. */
public final class Home {

  private Home() {}

  public static Path folder() {
    return Path.of(System.getProperty("sessionbridge.home", "."));
  }

  static Path defaultConfig() {
    return folder().resolve("conf").resolve("sessionbridge.yaml");
  }
}
