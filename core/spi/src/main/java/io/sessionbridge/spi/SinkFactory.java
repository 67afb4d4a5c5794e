package io.sessionbridge.spi;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.tree.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Creates the sinks of one type. A factory lives as long as the agent and has no state.
 *
 * @param <C> the configuration, a record
 */
@Stable
public interface SinkFactory<C> {

  /** One line for {@code sessionbridge plugins}. */
  String description();

  /**
   * Why this type can never work on this machine, for instance {@code needs Windows}; empty if it
   * can. An entry of such a type is a configuration error. Loads nothing and changes nothing.
   */
  default Optional<String> unavailable() {
    return Optional.empty();
  }

  /** The keys of an entry, in addition to those of every sink. */
  ConfigSpec<C> config();

  /** The key with which an entry names its format. */
  default String formatKey() {
    return "format";
  }

  /** The format of an entry that names none. */
  default String defaultFormat() {
    return "cloudevents";
  }

  /**
   * The format of this entry if it names none, for types where another key decides that. Problems
   * of that key are reported when the entry is read.
   */
  default String defaultFormat(ConfigMapping entry) {
    return defaultFormat();
  }

  /**
   * The values of the key {@code preset}, each of which sets several other keys, with one line for
   * {@code sessionbridge plugins} on what it sets.
   */
  default Map<String, String> presets() {
    return Map.of();
  }

  /**
   * What a preset sets where the entry does not: values as written in a configuration, by key.
   *
   * @param preset a key of {@link #presets}
   */
  default Map<String, String> presetValues(String preset) {
    return Map.of();
  }

  /**
   * The default of {@code batch_events}. Large for a peer that acknowledges whole batches. Smaller
   * for a peer that receives a steady stream: a batch stays in memory until it is settled, and
   * long-lived objects make garbage collection expensive.
   */
  default int batchEvents() {
    return 5_000;
  }

  /**
   * The heap that a sink of this configuration uses besides its batch. Measure it: too small a
   * value ends the agent with an OutOfMemoryError, too large a value makes batches small. No I/O.
   */
  default SinkMemory memory(C config) {
    return SinkMemory.USUAL;
  }

  /**
   * Why this configuration does not support a format, as text that follows the key: {@code must be
   * ...}; empty if it does.
   *
   * @param format its name
   */
  default Optional<String> formatProblem(C config, String format) {
    return Optional.empty();
  }

  /**
   * Why a sink of this configuration cannot work with what {@code privacy} leaves of the events, as
   * text that follows that key: {@code must not ...}; empty if it can.
   *
   * @param hidden what is hidden from it: {@code users}, {@code clients}, {@code hosts}
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

  /** Where a sink of this configuration sends events, for {@code privacy report}. No I/O. */
  default Disclosure disclosure(C config) {
    return Disclosure.UNKNOWN;
  }

  /**
   * Creates a sink for {@code validate --connect}, which connects and closes it once. It must not
   * change anything on this machine, so a type whose connect creates or changes files overrides
   * this.
   */
  default Sink createCheck(SinkContext context, C config) {
    return create(context, config);
  }

  /** Creates a sink for one entry. No I/O and no threads: a broker that is down must not matter. */
  Sink create(SinkContext context, C config);
}
