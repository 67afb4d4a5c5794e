package io.sessionbridge.bridge;

/** This program's version. */
public final class Version {

  private Version() {}

  /** From the jar's manifest; {@code development} where there is none. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
