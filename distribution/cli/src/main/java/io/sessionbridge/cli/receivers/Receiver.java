package io.sessionbridge.cli.receivers;

import java.io.IOException;
import java.util.List;

/**
 * Somebody to whom the agent sends, in a process that ends with this one, however this one ends.
 * One thread.
 */
public sealed interface Receiver extends AutoCloseable permits KilledReceiver, MqttReceiver {

  /** One word, for the sink's entry and for the report. */
  String id();

  /** As a sentence names it. */
  String title();

  /** How it is away, after its title: {@code is killed}. */
  String away();

  /** How it is back, after its title: {@code starts again}. */
  String back();

  /** Where it serves, {@code host:port}; known when it is ready. */
  String address();

  /** The keys of a sink that sends to it, a line each; known when it is ready. */
  List<String> sinkKeys();

  /** Starts its process and returns at once. */
  void launch() throws IOException;

  /** Returns when it serves and hears everything that is sent to it. */
  void awaitReady() throws IOException;

  /** Makes it unreachable, in the middle of whatever is being said. */
  void takeAway() throws IOException, InterruptedException;

  /** Returns when it serves again, at the same address, with what it had. */
  void giveBack() throws IOException;

  /** Everything that came until now, in the order in which it came. It has to be there. */
  List<Arrival> arrivals() throws IOException, InterruptedException;

  /** Ends it at once. */
  @Override
  void close();
}
