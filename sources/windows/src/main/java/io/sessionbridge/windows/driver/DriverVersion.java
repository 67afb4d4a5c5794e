package io.sessionbridge.windows.driver;

/**
 * The reader versions that the driver serves.
 *
 * @param newest the version of its interface
 * @param oldest the oldest reader version that it serves
 */
record DriverVersion(int newest, int oldest) {

  /** The version of this reader. */
  static final int OWN = 1;

  boolean servesThis() {
    return oldest <= OWN && OWN <= newest;
  }
}
