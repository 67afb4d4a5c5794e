package io.sessionbridge.format.siem;

/**
 * The software that an event says it comes from.
 *
 * @param vendor who makes it
 * @param version of the agent that encodes the event
 */
record Product(String vendor, String name, String version) {

  /** This program; its version is {@code development} where no jar tells one. */
  static Product current() {
    String version = Product.class.getPackage().getImplementationVersion();
    return new Product("SessionBridge", "SessionBridge", version == null ? "development" : version);
  }
}
