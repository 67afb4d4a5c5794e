package io.sessionbridge.demo;

/** Where somebody sits in front of a session: at the computer itself, or at another one. */
record Seat(String station, String clientName, String clientAddress) {

  static final Seat CONSOLE = new Seat("Console", "", "");

  boolean remote() {
    return !clientName.isEmpty();
  }
}
