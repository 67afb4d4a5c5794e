package io.sessionbridge.demo;

/** Where the user of a session sits: at the host itself or at another computer. */
record Seat(String station, String clientName, String clientAddress) {

  static final Seat CONSOLE = new Seat("Console", "", "");

  boolean remote() {
    return !clientName.isEmpty();
  }
}
