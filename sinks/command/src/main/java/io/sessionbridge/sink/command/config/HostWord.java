package io.sessionbridge.sink.command.config;

import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostState;
import java.util.Optional;

/** What can be true of a host. */
public enum HostWord {
  IDLE,
  ACTIVE,
  LOCKED,
  NOBODY;

  /** Whether it is. */
  public Truth of(HostState state) {
    return switch (this) {
      case LOCKED -> truth(state.use().locked());
      case NOBODY -> truth(state.use().nobody());
      case IDLE -> activity(state, HostActivity.State.IDLE);
      case ACTIVE -> activity(state, HostActivity.State.ACTIVE);
    };
  }

  private static Truth truth(Optional<Boolean> known) {
    return known.map(is -> is ? Truth.YES : Truth.NO).orElse(Truth.UNKNOWN);
  }

  private static Truth activity(HostState state, HostActivity.State wanted) {
    Optional<HostActivity.State> told = state.activity().map(HostActivity::state);
    if (told.isEmpty() || told.get() == HostActivity.State.UNKNOWN) {
      return Truth.UNKNOWN;
    }
    if (!state.judged()) {
      return Truth.FROM_BEFORE;
    }
    return told.get() == wanted ? Truth.YES : Truth.NO;
  }
}
