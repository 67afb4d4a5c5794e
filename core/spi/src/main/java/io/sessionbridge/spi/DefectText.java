package io.sessionbridge.spi;

/** Names an exception without its message, which may hold a user name. */
public final class DefectText {

  private DefectText() {}

  /** Its class and where it was thrown. */
  public static String of(Throwable defect) {
    StackTraceElement[] trace = defect.getStackTrace();
    return defect.getClass().getName()
        + " at "
        + (trace.length == 0 ? "an unknown place" : trace[0]);
  }
}
