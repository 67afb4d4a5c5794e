package io.sessionbridge.journal.file;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The segments in order of their first sequence. Thread-safe. */
public final class Segments {

  private final ConcurrentSkipListMap<Long, Segment> byFirst = new ConcurrentSkipListMap<>();

  /**
   * Their total size, updated with each change. Summing up on demand could count both a removed
   * segment and its replacement.
   */
  private final AtomicLong bytes = new AtomicLong();

  /** Adds a segment, replacing one that begins with the same sequence. */
  public void add(Segment segment) {
    Segment before = byFirst.put(segment.first(), segment);
    bytes.addAndGet(segment.bytes() - (before == null ? 0 : before.bytes()));
  }

  public void remove(Segment segment) {
    if (byFirst.remove(segment.first(), segment)) {
      bytes.addAndGet(-segment.bytes());
    }
  }

  /** The segment that would contain the sequence; null if it is before all segments. */
  public @Nullable Segment holding(long sequence) {
    Map.Entry<Long, Segment> entry = byFirst.floorEntry(sequence);
    return entry == null ? null : entry.getValue();
  }

  /** The last sequence before the next segment; {@link Long#MAX_VALUE} for the newest. */
  public long lastOf(Segment segment) {
    Long next = byFirst.higherKey(segment.first());
    return next == null ? Long.MAX_VALUE : next - 1;
  }

  @Nullable Segment after(Segment segment) {
    Map.Entry<Long, Segment> entry = byFirst.higherEntry(segment.first());
    return entry == null ? null : entry.getValue();
  }

  public @Nullable Segment oldest() {
    Map.Entry<Long, Segment> entry = byFirst.firstEntry();
    return entry == null ? null : entry.getValue();
  }

  /** The first sequence in the segments; the given one if there are none. */
  public long firstHeldOr(long other) {
    Segment oldest = oldest();
    return oldest == null ? other : oldest.first();
  }

  public @Nullable Segment newest() {
    Map.Entry<Long, Segment> entry = byFirst.lastEntry();
    return entry == null ? null : entry.getValue();
  }

  public List<Segment> all() {
    return List.copyOf(byFirst.values());
  }

  public int count() {
    return byFirst.size();
  }

  /** The total size of the segments that extend beyond the sequence. */
  public long bytesAfter(long sequence) {
    return byFirst.values().stream()
        .filter(segment -> lastOf(segment) > sequence)
        .mapToLong(Segment::bytes)
        .sum();
  }

  public long bytes() {
    return bytes.get();
  }
}
