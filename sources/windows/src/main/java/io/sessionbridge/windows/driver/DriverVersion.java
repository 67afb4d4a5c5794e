package io.sessionbridge.windows.driver;

/**
 * Whose readers the driver serves.
 *
 * @param newest the version of its interface
 * @param oldest of a reader that it still serves
 */
record DriverVersion(int newest, int oldest) {

  /** Of this reader. */
  static final int OWN = 1;

  boolean servesThis() {
    return oldest <= OWN && OWN <= newest;
  }
}
