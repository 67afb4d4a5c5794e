package io.sessionbridge.sessions.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The known course of a life, stretch by stretch. If more than one category is possible, nobody
 * could know which it was.
 */
final class Tape {

  private record Stretch(long from, Set<Category> possible) {}

  /** A time in which the machine slept, or may have slept. */
  record Sleep(long from, long to, boolean certain) {}

  private final List<Stretch> stretches = new ArrayList<>();

  /** From then on, this is possible. */
  void mark(long from, Set<Category> possible) {
    if (stretches.isEmpty() || !stretches.get(stretches.size() - 1).possible().equals(possible)) {
      stretches.add(new Stretch(from, possible));
    }
  }

  /** All that lies after the moment was not seen by anybody: it may have been anything. */
  void darken(long from) {
    Set<Category> all = EnumSet.complementOf(EnumSet.of(Category.ASLEEP));
    blur(from, all);
  }

  /** All that lies after the moment may have been these, too. */
  void blur(long from, Set<Category> alsoPossible) {
    if (stretches.isEmpty()) {
      return;
    }
    List<Stretch> after = new ArrayList<>();
    Set<Category> current = Set.of();
    for (Stretch stretch : List.copyOf(stretches)) {
      if (stretch.from() <= from) {
        current = stretch.possible();
      } else {
        after.add(stretch);
        stretches.remove(stretch);
      }
    }
    stretches.add(new Stretch(from, union(current, alsoPossible)));
    after.forEach(
        stretch ->
            stretches.add(new Stretch(stretch.from(), union(stretch.possible(), alsoPossible))));
  }

  private static Set<Category> union(Set<Category> some, Set<Category> more) {
    Set<Category> both = EnumSet.copyOf(more);
    both.addAll(some);
    return both;
  }

  /** How long it has been so; required if it is known to be so and since when, for a second. */
  Seconds stretch(Category category, long to) {
    long surelySince = to;
    long possiblySince = to;
    boolean sure = true;
    for (int i = stretches.size() - 1; i >= 0; i--) {
      Stretch stretch = stretches.get(i);
      if (!stretch.possible().contains(category)) {
        break;
      }
      sure &= stretch.possible().size() == 1;
      possiblySince = stretch.from();
      if (sure) {
        surelySince = stretch.from();
      }
    }
    boolean exact = surelySince == possiblySince && to - surelySince >= 1_000;
    return new Seconds(to - surelySince, to - possiblySince, exact);
  }

  /** The totals of the time up to the moment. */
  Map<Category, Seconds> totals(long to, List<Sleep> sleeps) {
    Map<Category, Long> least = new EnumMap<>(Category.class);
    Map<Category, Long> most = new EnumMap<>(Category.class);
    for (int i = 0; i < stretches.size(); i++) {
      Stretch stretch = stretches.get(i);
      long end = i + 1 < stretches.size() ? stretches.get(i + 1).from() : to;
      long from = stretch.from();
      for (Sleep sleep : sleeps) {
        if (sleep.to() <= from || sleep.from() >= end) {
          continue;
        }
        add(from, Math.max(from, sleep.from()), stretch.possible(), least, most);
        Set<Category> asleep =
            sleep.certain()
                ? EnumSet.of(Category.ASLEEP)
                : union(stretch.possible(), EnumSet.of(Category.ASLEEP));
        from = Math.max(from, sleep.from());
        add(from, Math.min(end, sleep.to()), asleep, least, most);
        from = Math.min(end, sleep.to());
      }
      add(from, end, stretch.possible(), least, most);
    }
    Map<Category, Seconds> totals = new EnumMap<>(Category.class);
    for (Category category : Category.values()) {
      long some = least.getOrDefault(category, 0L);
      totals.put(
          category, new Seconds(some, most.getOrDefault(category, 0L), true).requiredUnlessZero());
    }
    return totals;
  }

  private static void add(
      long from,
      long to,
      Set<Category> possible,
      Map<Category, Long> least,
      Map<Category, Long> most) {
    if (to <= from) {
      return;
    }
    possible.forEach(category -> most.merge(category, to - from, Long::sum));
    if (possible.size() == 1) {
      least.merge(possible.iterator().next(), to - from, Long::sum);
    }
  }
}
