package io.sessionbridge.e2e.torture;

import io.sessionbridge.e2e.torture.Received.Gap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges a run by what the receivers got, and holds the agent's own books against that.
 *
 * <ul>
 *   <li>A line has one id, an id has one line.
 *   <li>The first occurrences of a receiver's events are in the order of their sequences, but for
 *       the gaps of a cursor that began again.
 *   <li>Each line is at each receiver, or its sequence is inside a gap that this receiver got.
 *   <li>Each sequence between a receiver's first and last event is there or inside a gap.
 *   <li>A gap's count is the number of events in it that the receiver did not get.
 *   <li>No more is lost than was destroyed.
 *   <li>The agent's books say so much delivered and lost as the receiver has events and gaps.
 * </ul>
 */
final class Checker {

  private static final int MOST_SHOWN = 5;

  private final Map<String, List<Received>> received;
  private final int lines;
  private final int destroyed;
  private final Set<String> reread;
  private final Set<String> late;
  private final Map<String, Books> books;
  private final List<String> faults = new ArrayList<>();

  /**
   * @param received by receiver, in the order of arrival
   * @param lines that were written, numbered from 1
   * @param destroyed records that the run damaged in the journal
   * @param reread receivers whose cursor was damaged, so that a gap may count what they had before
   * @param late receivers of sinks that were added or left out for a time: they begin at what was
   *     still held, and are the first to lose when the journal is full
   * @param books by receiver, of those whose cursor is the first one
   */
  Checker(
      Map<String, List<Received>> received,
      int lines,
      int destroyed,
      Set<String> reread,
      Set<String> late,
      Map<String, Books> books) {
    this.received = received;
    this.lines = lines;
    this.destroyed = destroyed;
    this.reread = reread;
    this.late = late;
    this.books = books;
  }

  /** What is wrong, a sentence each; empty if the promises were kept. */
  List<String> faults() {
    Map<Integer, Received> byLine = identities();
    received.forEach((receiver, events) -> check(receiver, events, byLine));
    return faults;
  }

  private Map<Integer, Received> identities() {
    Map<Integer, Received> byLine = new HashMap<>();
    Map<String, Integer> byId = new HashMap<>();
    received.forEach(
        (receiver, events) -> {
          for (Received event : events) {
            if (event.line() == 0) {
              continue;
            }
            Received other = byLine.putIfAbsent(event.line(), event);
            if (other != null && !other.id().equals(event.id())) {
              faults.add(
                  "line " + event.line() + " has two ids: " + other.id() + " and " + event.id());
            }
            Integer line = byId.putIfAbsent(event.id(), event.line());
            if (line != null && line != event.line()) {
              faults.add("id " + event.id() + " has two lines: " + line + " and " + event.line());
            }
          }
        });
    return byLine;
  }

  private void check(String receiver, List<Received> events, Map<Integer, Received> byLine) {
    if (events.isEmpty()) {
      faults.add(receiver + " got nothing");
      return;
    }
    Map<String, Gap> gaps = new LinkedHashMap<>();
    events.forEach(event -> event.gap().ifPresent(gap -> gaps.put(event.id(), gap)));
    NavigableMap<Long, Received> bySequence = firstOccurrences(receiver, events);
    missingLines(receiver, bySequence, gaps, byLine);
    missingSequences(receiver, bySequence, gaps);
    gaps.values().forEach(gap -> checkCount(receiver, gap, bySequence));
    checkBooks(receiver, bySequence, gaps);
  }

  private NavigableMap<Long, Received> firstOccurrences(String receiver, List<Received> events) {
    Set<String> seen = new LinkedHashSet<>();
    NavigableMap<Long, Received> bySequence = new TreeMap<>();
    long last = 0;
    int shown = 0;
    for (Received event : events) {
      if (!seen.add(event.id())) {
        continue;
      }
      if (event.sequence() < last && !mayComeLate(receiver, event) && shown++ < MOST_SHOWN) {
        faults.add(receiver + " got " + event.id() + " first after sequence " + last);
      }
      last = Math.max(last, event.sequence());
      if (event.gap().isEmpty()) {
        bySequence.put(event.sequence(), event);
      }
    }
    return bySequence;
  }

  /** A cursor that begins again states what has gone meanwhile in front of it. */
  private boolean mayComeLate(String receiver, Received event) {
    return event.gap().isPresent() && reread.contains(receiver);
  }

  private void missingLines(
      String receiver,
      NavigableMap<Long, Received> bySequence,
      Map<String, Gap> gaps,
      Map<Integer, Received> byLine) {
    Set<Integer> there = new LinkedHashSet<>();
    bySequence.values().forEach(event -> there.add(event.line()));
    List<Integer> unexplained = new ArrayList<>();
    int missing = 0;
    int first = late.contains(receiver) ? firstLine(there) : 1;
    for (int line = first; line <= lines; line++) {
      if (there.contains(line)) {
        continue;
      }
      missing++;
      Received elsewhere = byLine.get(line);
      boolean explained =
          elsewhere == null
              ? !gaps.isEmpty() // nobody has it, so nobody knows its sequence
              : gaps.values().stream().anyMatch(gap -> gap.covers(elsewhere.sequence()));
      if (!explained) {
        unexplained.add(line);
      }
    }
    if (!unexplained.isEmpty()) {
      faults.add(
          receiver
              + " misses "
              + unexplained.size()
              + " lines without a gap: "
              + some(unexplained));
    }
    if (missing > destroyed && !late.contains(receiver)) {
      faults.add(
          receiver + " misses " + missing + " lines although " + destroyed + " were destroyed");
    }
  }

  private int firstLine(Set<Integer> there) {
    return there.stream().filter(line -> line > 0).min(Integer::compare).orElse(lines + 1);
  }

  private void missingSequences(
      String receiver, NavigableMap<Long, Received> bySequence, Map<String, Gap> gaps) {
    List<Long> missing = new ArrayList<>();
    for (long sequence = bySequence.firstKey(); sequence < bySequence.lastKey(); sequence++) {
      long wanted = sequence;
      if (!bySequence.containsKey(wanted)
          && gaps.values().stream().noneMatch(gap -> gap.covers(wanted))) {
        missing.add(sequence);
      }
    }
    if (!missing.isEmpty()) {
      faults.add(
          receiver + " misses " + missing.size() + " sequences without a gap: " + some(missing));
    }
  }

  private void checkCount(String receiver, Gap gap, NavigableMap<Long, Received> bySequence) {
    if (gap.count() < 0) {
      return; // says that the count is unknown
    }
    long inside = bySequence.subMap(gap.first(), true, gap.last(), true).size();
    long room = gap.last() - gap.first() + 1;
    boolean exact = gap.count() == room - inside;
    boolean counted = gap.count() >= room - inside && gap.count() <= room;
    if (!exact && !(counted && reread.contains(receiver))) {
      faults.add(
          receiver + " got a wrong count: " + gap + ", and has " + inside + " of these sequences");
    }
  }

  private void checkBooks(
      String receiver, NavigableMap<Long, Received> bySequence, Map<String, Gap> gaps) {
    Books said = books.get(receiver);
    if (said == null || gaps.values().stream().anyMatch(gap -> gap.count() < 0)) {
      return;
    }
    boolean stopped = bySequence.lastEntry().getValue().kind().equals("bridge_stop");
    Books found =
        new Books(
            bySequence.size() - (stopped ? 1 : 0), // the books were read before the stop
            gaps.values().stream().mapToLong(Gap::count).sum());
    if (!said.equals(found)) {
      faults.add(receiver + " has " + found + ", and the agent says " + said);
    }
  }

  private static String some(List<?> all) {
    return all.subList(0, Math.min(MOST_SHOWN, all.size()))
        + (all.size() > MOST_SHOWN ? " ..." : "");
  }
}
