package io.sessionbridge.sessions.state;

import io.sessionbridge.sessions.StateFormatException;
import io.sessionbridge.spi.LifeState;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The time that a life spent in each state, in milliseconds; states that never occurred are absent.
 * Immutable.
 */
final class Totals {

  static final Totals NONE = new Totals(new EnumMap<>(LifeState.class));

  private final EnumMap<LifeState, Long> millis;

  private Totals(EnumMap<LifeState, Long> millis) {
    this.millis = millis;
  }

  Totals plus(LifeState state, long more) {
    EnumMap<LifeState, Long> sums = new EnumMap<>(millis);
    sums.merge(state, more, Long::sum);
    return new Totals(sums);
  }

  OptionalLong seconds(LifeState state) {
    Long total = millis.get(state);
    return total == null ? OptionalLong.empty() : OptionalLong.of(total / 1000);
  }

  void encode(StateWriter out) {
    out.number(millis.size());
    for (Map.Entry<LifeState, Long> total : millis.entrySet()) {
      out.enumeration(total.getKey());
      out.number(total.getValue());
    }
  }

  static Totals decode(StateReader in) throws StateFormatException {
    EnumMap<LifeState, Long> millis = new EnumMap<>(LifeState.class);
    int count = in.count();
    for (int i = 0; i < count; i++) {
      millis.put(in.enumeration(LifeState.values()), in.number());
    }
    return new Totals(millis);
  }
}
