package io.sessionbridge.spi;

import io.sessionbridge.config.ConfigSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Creates the sources of one type. A factory lives as long as the agent and has no state.
 *
 * @param <C> the configuration, a record
 */
@Stable
public interface SourceFactory<C> {

  /** One line for {@code sessionbridge plugins}. */
  String description();

  /**
   * Why this type can never work on this machine, for instance {@code needs Windows}; empty if it
   * can. Loads nothing and changes nothing.
   */
  default Optional<String> unavailable() {
    return Optional.empty();
  }

  /**
   * Whether this type is the default for a configuration without {@code sources} on this machine:
   * it receives the sessions of this machine live, needs no key, and no other type receives more.
   * True for at most one type in a process.
   */
  default boolean isDefault() {
    return false;
  }

  /**
   * Whether sources of this type report what happens on this machine when it happens. False for
   * those that only read records of the past. If all sources are of such types, the agent warns
   * that a sink that acts on live events does nothing.
   */
  default boolean isLive() {
    return true;
  }

  /**
   * Why a source of this configuration never ends although others of its type do, for instance
   * {@code follow: true}; empty if it ends, or if none of its type does. {@code
   * --exit-when-drained} refuses such a configuration.
   */
  default Optional<String> endless(C config) {
    return Optional.empty();
  }

  /** The keys of an entry, besides {@code type}. */
  ConfigSpec<C> config();

  /**
   * The files that a source of this configuration reads, so that the core can refuse a sink that
   * writes one of them. No I/O.
   */
  default List<Path> reads(C config) {
    return List.of();
  }

  /**
   * Whether a source of this configuration may read this file in addition to {@link #reads}, for
   * instance because a pattern matches its name. No I/O.
   */
  default boolean mayRead(C config, Path file) {
    return false;
  }

  /**
   * Whether a source of this configuration reads the standard input, which only one source can. No
   * I/O.
   */
  default boolean readsStandardInput(C config) {
    return false;
  }

  /** The files among {@link #reads} that must exist when the source starts. */
  default List<Path> needs(C config) {
    return List.of();
  }

  /**
   * Creates a source for one entry. No I/O, no threads: those begin with {@link Source#start}.
   * Called again for the same entry after a failed start. An exception has the effect of a failed
   * start.
   */
  Source create(SourceContext context, C config);
}
