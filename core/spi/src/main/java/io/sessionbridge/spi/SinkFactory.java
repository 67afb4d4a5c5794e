package io.sessionbridge.spi;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.tree.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the sinks of one type. One factory lives as long as the agent; it has no state.
 *
 * @param <C> the configuration, a record
 */
@Stable
public interface SinkFactory<C> {

  /** One line for {@code sessionbridge plugins}. */
  String description();

  /**
   * Why this type cannot work on this machine whatever the configuration says, for instance {@code
   * needs Windows}; empty if it can. An entry of such a type is a wrong configuration. Loads
   * nothing and changes nothing.
   */
  default Optional<String> unavailable() {
    return Optional.empty();
  }

  /** The keys of an entry, besides those that every sink has. */
  ConfigSpec<C> config();

  /** The key under which an entry names its format. */
  default String formatKey() {
    return "format";
  }

  /** The format when the entry names none. */
  default String defaultFormat() {
    return "cloudevents";
  }

  /**
   * The format when this entry names none, where another key of it decides that. Problems of that
   * key are reported when the entry is read.
   */
  default String defaultFormat(ConfigMapping entry) {
    return defaultFormat();
  }

  /**
   * The values of a key that stand for several others, each with one line for {@code sessionbridge
   * plugins} on what it sets.
   */
  default Map<String, String> presets() {
    return Map.of();
  }

  /**
   * What a preset sets where the entry does not: values as they stand in a configuration, by key.
   *
   * @param preset a key of {@link #presets}
   */
  default Map<String, String> presetValues(String preset) {
    return Map.of();
  }

  /**
   * Events per batch at most, when the entry does not say. Many for a peer that answers whole
   * batches. Fewer for a peer that receives a steady stream: a batch stays in memory until it is
   * settled, and long-lived objects make garbage collection expensive.
   */
  default int batchEvents() {
    return 5_000;
  }

  /**
   * The heap that a sink of this configuration holds beside its batch. Measured rather than
   * guessed; too little ends the agent, too much makes batches small. No I/O.
   */
  default SinkMemory memory(C config) {
    return SinkMemory.USUAL;
  }

  /**
   * Why this configuration does not support a format, as the message continues after the key:
   * {@code must be ...}; empty if it does.
   *
   * @param format its name
   */
  default Optional<String> formatProblem(C config, String format) {
    return Optional.empty();
  }

  /**
   * Why a sink of this configuration cannot do its work with what {@code privacy} leaves of the
   * events, as the message continues after that key: {@code must not ...}; empty if it can.
   *
   * @param hidden what it does not get as it is: {@code users}, {@code clients}, {@code hosts}
   */
  default Optional<String> privacyProblem(C config, Set<String> hidden) {
    return Optional.empty();
  }

  /**
   * What a sink of this configuration will not do in this environment, for {@code validate}: one
   * sentence each, without the sink's id. May read the files that the configuration names; changes
   * nothing.
   */
  default List<String> warnings(C config, SinkEnvironment environment) {
    return List.of();
  }

  /**
   * What is wrong with the certificates, keys and passwords that this configuration names, for
   * {@code validate}: one sentence each, without the sink's id. Reads the files; changes nothing.
   */
  default List<String> fileProblems(C config) {
    return List.of();
  }

  /**
   * The files that a sink of this configuration writes, so that the core can refuse conflicting
   * entries. No I/O.
   */
  default List<Path> writes(C config) {
    return List.of();
  }

  /** To whom a sink of this configuration gives events, for {@code privacy report}. No I/O. */
  default Disclosure disclosure(C config) {
    return Disclosure.UNKNOWN;
  }

  /**
   * A sink for {@code validate --connect}: it is connected and closed once. It must change nothing
   * on this machine, so a type whose connect creates or changes files overrides this.
   */
  default Sink createCheck(SinkContext context, C config) {
    return create(context, config);
  }

  /** A sink for one entry. No I/O and no threads, so a broker that is down never makes it fail. */
  Sink create(SinkContext context, C config);
}
