package io.sessionbridge.cli;

/**
 * What an independent consumer found.
 *
 * @param events in the recorded file
 * @param kafka of them, found in Kafka with the same content
 * @param duplicates records with an id that was there before
 */
record DemoReport(int events, int kafka, int duplicates) {

  int lost() {
    return events - kafka;
  }

  @Override
  public String toString() {
    return "demo: events "
        + events
        + ", kafka "
        + kafka
        + ", lost "
        + lost()
        + ", duplicates "
        + duplicates;
  }
}
