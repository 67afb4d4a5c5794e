package io.sessionbridge.cli.receivers;

import java.io.IOException;
import java.util.List;

/**
 * A receiver of the agent's events, in a process that ends with this one, however this one ends.
 * One thread.
 */
public sealed interface Receiver extends AutoCloseable permits KilledReceiver, MqttReceiver {

  /** One word, for the sink's entry and for the report. */
  String id();

  /** Its name in a sentence. */
  String title();

  /** The outage, as a predicate: {@code is killed}. */
  String away();

  /** The recovery, as a predicate: {@code starts again}. */
  String back();

  /** Where it serves, {@code host:port}; known when it is ready. */
  String address();

  /** The keys of a sink that sends to it, a line each; known when it is ready. */
  List<String> sinkKeys();

  /** Starts its process and returns at once. */
  void launch() throws IOException;

  /** Returns when it accepts events. */
  void awaitReady() throws IOException;

  /** Makes it unreachable, even in the middle of a transfer. */
  void takeAway() throws IOException, InterruptedException;

  /** Makes it reachable again, at the same address and with its data. */
  void giveBack() throws IOException;

  /** All arrivals so far, in order. It must be reachable. */
  List<Arrival> arrivals() throws IOException, InterruptedException;

  /** Ends it at once. */
  @Override
  void close();
}
