package io.sessionbridge.sessions.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * The true course of a machine's days, made from one seed. It is a row of scenes; each draws from a
 * random source of its own and does what is possible then, so a course without some of its scenes
 * is a course again, and what fails can be made short.
 *
 * @param seed of which it is made
 * @param trueEvents in the order of their true times
 */
record Course(long seed, Profile profile, List<TrueEvent> trueEvents) {

  private static final int TRIES = 40;

  /** Around a start, a stop and a sleep; their comparisons lie within it. */
  private static final long MARGIN = 8_000;

  static Course of(long seed) {
    BitSet all = new BitSet();
    all.set(0, Profile.of(seed).scenes());
    return of(seed, all);
  }

  /**
   * A course of the seed's scenes.
   *
   * @param kept the numbers of those that are played
   */
  static Course of(long seed, BitSet kept) {
    Profile profile = Profile.of(seed);
    Machine machine = new Machine(profile, random(seed, -1));
    machine.boot();
    kept.stream()
        .forEach(
            number -> {
              machine.begin(number, random(seed, number));
              play(machine, random(seed, number + 1_000_000));
            });
    machine.end(profile.scenes(), random(seed, -2));
    return new Course(seed, profile, List.copyOf(machine.trueEvents()));
  }

  /**
   * The same course with an agent that is killed and started again.
   *
   * @param at when it is killed, in true milliseconds; the machine must be awake and the agent run
   * @param downtime how long it does not run, in milliseconds
   */
  Course killedAt(long at, long downtime) {
    List<TrueEvent> killed = new ArrayList<>();
    boolean down = false;
    boolean restarted = false;
    for (TrueEvent trueEvent : trueEvents) {
      if (!down && trueEvent.at() > at) {
        killed.add(like(killed, at, What.AGENT_KILL));
        down = true;
      }
      if (down && !restarted && trueEvent.at() > at + downtime) {
        killed.add(like(killed, at + downtime, What.AGENT_START));
        restarted = true;
      }
      killed.add(trueEvent);
    }
    return new Course(seed, profile, List.copyOf(killed));
  }

  /** Keeps the indexes of the others, and so their reports. */
  private static TrueEvent like(List<TrueEvent> before, long at, What what) {
    TrueEvent last = before.get(before.size() - 1);
    return new TrueEvent(
        1_000_000, last.scene(), at, what, Optional.empty(), Optional.empty(), last.after());
  }

  /** A moment at which an agent that runs on a machine that is awake can be killed for a while. */
  OptionalLong momentToKill(Random random, long downtime) {
    for (int i = 0; i < TRIES; i++) {
      TrueEvent near = trueEvents.get(random.nextInt(trueEvents.size()));
      long at = near.at() + random.nextInt(1_500);
      if (isAwake(at, at + downtime)) {
        return OptionalLong.of(at);
      }
    }
    return OptionalLong.empty();
  }

  private boolean isAwake(long from, long to) {
    boolean up = false;
    boolean awake = true;
    for (TrueEvent trueEvent : trueEvents) {
      if (trueEvent.at() > to + MARGIN) {
        return up && awake;
      }
      boolean before = trueEvent.at() < from - MARGIN;
      switch (trueEvent.what()) {
        case AGENT_START -> up = before;
        case AGENT_STOP, AGENT_KILL, POWER_OFF -> up = false;
        case SUSPEND -> awake = false;
        case RESUME -> awake = before;
        default -> {}
      }
    }
    return false;
  }

  private static void play(Machine machine, Random choice) {
    for (int i = 0; i < TRIES; i++) {
      if (Scene.any(choice).play(machine)) {
        return;
      }
    }
  }

  /** Neighbouring numbers make unlike sources. */
  static Random random(long seed, long number) {
    long mixed = (seed * 0x9E3779B97F4A7C15L) ^ (number * 0xBF58476D1CE4E5B9L);
    return new Random(mixed ^ (mixed >>> 31));
  }

  /** For instance {@code d1 07:30:00.125}. */
  static String clock(long trueMillis) {
    long seconds = Math.floorDiv(trueMillis, 1000L);
    return String.format(
        "d%d %02d:%02d:%02d.%03d",
        seconds / 86_400,
        seconds / 3600 % 24,
        seconds / 60 % 60,
        seconds % 60,
        Math.floorMod(trueMillis, 1000L));
  }
}
