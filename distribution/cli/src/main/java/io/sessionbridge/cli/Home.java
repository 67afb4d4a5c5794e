package io.sessionbridge.cli;

import java.nio.file.Path;

/** The installation folder, which the start script passes. */
public final class Home {

  static final String PROPERTY = "sessionbridge.home";

  private Home() {}

  public static Path folder() {
    return Path.of(System.getProperty(PROPERTY, "."));
  }

  static Path defaultConfig() {
    return folder().resolve("conf").resolve("sessionbridge.yaml");
  }
}
