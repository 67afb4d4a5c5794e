package io.sessionbridge.bridge;

/** The version of this program. */
public final class Version {

  private Version() {}

  /** From the jar's manifest; {@code development} where there is none. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
