package io.sessionbridge.windows.eventlog;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.session.calls.CallException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads records of the event log from a stored position to the present. A position is a record
 * number per channel, so it needs no Windows bookmark and survives clock changes.
 *
 * <p>Safe for use by several threads; may take seconds if there are many records. Needs no
 * administrator rights for the channels System and
 * TerminalServices-LocalSessionManager/Operational.
 */
public final class EventLogReader {

  /** The maximum number of records per channel; the newest are read. */
  static final int MOST_RECORDS = 20_000;

  // winerror.h
  private static final int SERVICE_NOT_RUNNING = 1722;
  private static final int CHANNEL_NOT_FOUND = 15_007;

  private final LogCalls calls;
  private final Map<String, List<RecordSelection>> channels;

  /** Reads nothing yet. */
  public EventLogReader(List<RecordSelection> selections) {
    this(selections, new WevtapiCalls());
  }

  EventLogReader(List<RecordSelection> selections, LogCalls calls) {
    this.calls = calls;
    this.channels =
        selections.stream()
            .collect(groupingBy(RecordSelection::channel, LinkedHashMap::new, toList()));
  }

  /**
   * Reads the records that were written since a position.
   *
   * @param position from an earlier reading, or {@link LogPosition#NONE}
   * @param since the oldest relevant time in a channel that the position does not contain
   */
  public LogReading read(LogPosition position, Instant since) {
    Run run = new Run(position, since);
    channels.forEach(run::read);
    return run.result();
  }

  /** Reads all channels once. */
  private final class Run {
    private final LogPosition from;
    private final Instant since;
    private final SortedMap<String, Long> reached;
    private final List<Deque<EventLogRecord>> records = new ArrayList<>();
    private final List<String> incomplete = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    Run(LogPosition from, Instant since) {
      this.from = from;
      this.since = since;
      this.reached = new TreeMap<>(from.numbers());
    }

    void read(String channel, List<RecordSelection> selections) {
      try {
        LogCalls.Extent extent = calls.extent(channel);
        if (extent.count() <= 0) {
          if (from.of(channel).isPresent()) {
            incomplete.add(channel); // cleared
            reached.remove(channel);
          }
          return;
        }
        long before = from.of(channel).orElse(-1L);
        boolean known = before >= 0 && before <= extent.newest();
        if (before >= 0 && (!known || extent.oldest() > before + 1)) {
          incomplete.add(channel);
        }
        Deque<EventLogRecord> found = query(channel, selections, known ? before : -1);
        records.add(found);
        reached.put(channel, Math.max(extent.newest(), newest(found)));
      } catch (CallException e) {
        problems.add(channel + ": " + advice(e));
      } catch (UnsatisfiedLinkError e) {
        problems.add(channel + ": this system has no event log");
      }
    }

    /** Returns records in the order in which they were written. */
    private Deque<EventLogRecord> query(
        String channel, List<RecordSelection> selections, long after) throws CallException {
      Deque<EventLogRecord> found = new ArrayDeque<>();
      List<String> unreadable = new ArrayList<>();
      String query = structuredQuery(channel, selections, after, since);
      calls.query(
          query,
          xml -> {
            try {
              found.addFirst(RecordXml.parse(xml));
            } catch (RecordFormatException e) {
              unreadable.add(e.getMessage());
            }
            return found.size() < MOST_RECORDS;
          });
      if (found.size() == MOST_RECORDS && !incomplete.contains(channel)) {
        incomplete.add(channel);
      }
      if (!unreadable.isEmpty()) {
        problems.add(channel + ": " + unreadable.size() + " records, first: " + unreadable.get(0));
      }
      return found;
    }

    private long newest(Deque<EventLogRecord> found) {
      return found.stream().mapToLong(EventLogRecord::number).max().orElse(-1);
    }

    /** Merges channels by time, and keeps the order within each, because clocks may be set. */
    private List<EventLogRecord> merged() {
      List<EventLogRecord> merged = new ArrayList<>();
      while (true) {
        Optional<Deque<EventLogRecord>> next =
            records.stream()
                .filter(channel -> !channel.isEmpty())
                .min(Comparator.comparing(channel -> channel.getFirst().time()));
        if (next.isEmpty()) {
          return merged;
        }
        merged.add(next.get().removeFirst());
      }
    }

    LogReading result() {
      return new LogReading(merged(), new LogPosition(reached), incomplete, problems);
    }
  }

  private static String advice(CallException e) {
    return switch (e.error()) {
      case ErrorCode.NONE -> e.call() + " is refused; this system has no event log";
      case ErrorCode.ACCESS_DENIED ->
          "access is denied; add the agent's account to the group Event Log Readers";
      case SERVICE_NOT_RUNNING -> "the service Windows Event Log is not running; start it";
      case CHANNEL_NOT_FOUND -> "this version of Windows lacks the channel";
      default -> e.call() + " failed with " + ErrorCode.text(e.error());
    };
  }

  /** One expression per provider: Windows rejects those with more than about 20 terms. */
  static String structuredQuery(
      String channel, List<RecordSelection> selections, long after, Instant since) {
    String limit =
        after >= 0
            ? "EventRecordID &gt; " + after
            : "TimeCreated[@SystemTime &gt;= '"
                + DateTimeFormatter.ISO_INSTANT.format(since.truncatedTo(ChronoUnit.MILLIS))
                + "']";
    StringBuilder query = new StringBuilder("<QueryList><Query Id=\"0\">");
    for (RecordSelection selection : selections) {
      query
          .append("<Select Path=\"")
          .append(channel)
          .append("\">*[System[Provider[@Name='")
          .append(selection.provider())
          .append("'] and (");
      String or = "";
      for (int id : selection.ids()) {
        query.append(or).append("EventID=").append(id);
        or = " or ";
      }
      query.append(") and ").append(limit).append("]]</Select>");
    }
    return query.append("</Query></QueryList>").toString();
  }
}
