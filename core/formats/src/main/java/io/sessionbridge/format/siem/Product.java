package io.sessionbridge.format.siem;

/**
 * The software that an event names as its origin.
 *
 * @param vendor of the software
 * @param version of the agent that encodes the event
 */
record Product(String vendor, String name, String version) {

  /** This program; its version is {@code development} if no jar manifest states one. */
  static Product current() {
    String version = Product.class.getPackage().getImplementationVersion();
    return new Product("SessionBridge", "SessionBridge", version == null ? "development" : version);
  }
}
