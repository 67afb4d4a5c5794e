package io.sessionbridge.sink.command.config;

import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostState;
import java.util.Optional;

/** The value of {@code while}: a condition of the host. */
public enum WhileCondition {
  IDLE,
  ACTIVE,
  LOCKED,
  NOBODY;

  /** Whether it holds. */
  public Truth evaluate(HostState state) {
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
    Optional<HostActivity.State> current = state.activity().map(HostActivity::state);
    if (current.isEmpty() || current.get() == HostActivity.State.UNKNOWN) {
      return Truth.UNKNOWN;
    }
    if (!state.judged()) {
      return Truth.FROM_BEFORE;
    }
    return current.get() == wanted ? Truth.YES : Truth.NO;
  }
}
