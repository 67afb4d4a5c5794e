package io.sessionbridge.spi;

/** Describes an exception without its message, which may contain a user name. */
public final class DefectText {

  private DefectText() {}

  /** Its class and the place where it was thrown. */
  public static String of(Throwable defect) {
    StackTraceElement[] trace = defect.getStackTrace();
    return defect.getClass().getName()
        + " at "
        + (trace.length == 0 ? "an unknown place" : trace[0]);
  }
}
