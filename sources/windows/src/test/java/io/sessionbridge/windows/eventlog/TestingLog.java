package io.sessionbridge.windows.eventlog;

import io.sessionbridge.windows.session.calls.CallException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An event log in memory that understands the queries of {@link EventLogReader}. */
final class TestingLog implements LogCalls {

  private record Entry(int id, long number, Instant time, String xml) {}

  private static final Pattern SELECT =
      Pattern.compile("<Select Path=\"([^\"]*)\">\\*\\[System\\[(.*?)]]</Select>");
  private static final Pattern AFTER = Pattern.compile("EventRecordID &gt; (\\d+)");
  private static final Pattern SINCE = Pattern.compile("@SystemTime &gt;= '([^']*)'");

  private final Map<String, List<Entry>> channels = new HashMap<>();
  private final Map<String, Integer> errors = new HashMap<>();
  final List<String> queries = new ArrayList<>();

  void add(String channel, int id, long number, Instant time) {
    String xml =
        "<Event><System><Provider Name='P'/><EventID>%d</EventID><TimeCreated SystemTime='%s'/>"
                .formatted(id, time)
            + "<EventRecordID>%d</EventRecordID><Channel>%s</Channel></System></Event>"
                .formatted(number, channel);
    add(channel, id, number, time, xml);
  }

  void add(String channel, int id, long number, Instant time, String xml) {
    channels
        .computeIfAbsent(channel, name -> new ArrayList<>())
        .add(new Entry(id, number, time, xml));
  }

  /** Overwrites the oldest records, as a full log does. */
  void dropBefore(String channel, long number) {
    channels.get(channel).removeIf(entry -> entry.number() < number);
  }

  void clear(String channel) {
    channels.get(channel).clear();
  }

  void fail(String channel, int error) {
    errors.put(channel, error);
  }

  @Override
  public Extent extent(String channel) throws CallException {
    if (errors.containsKey(channel)) {
      throw new CallException("EvtOpenLog", errors.get(channel));
    }
    List<Entry> entries = channels.getOrDefault(channel, List.of());
    return entries.isEmpty()
        ? new Extent(0, 0)
        : new Extent(entries.get(0).number(), entries.size());
  }

  @Override
  public void query(String query, Predicate<String> receiver) {
    queries.add(query);
    List<Entry> found = new ArrayList<>();
    Matcher select = SELECT.matcher(query);
    while (select.find()) {
      for (Entry entry : channels.getOrDefault(select.group(1), List.of())) {
        if (matches(entry, select.group(2))) {
          found.add(entry);
        }
      }
    }
    found.sort((a, b) -> Long.compare(b.number(), a.number()));
    for (Entry entry : found) {
      if (!receiver.test(entry.xml())) {
        return;
      }
    }
  }

  private static boolean matches(Entry entry, String expression) {
    Matcher after = AFTER.matcher(expression);
    Matcher since = SINCE.matcher(expression);
    return expression.matches(".*\\bEventID=" + entry.id() + "\\b.*")
        && (!after.find() || entry.number() > Long.parseLong(after.group(1)))
        && (!since.find() || !entry.time().isBefore(Instant.parse(since.group(1))));
  }
}
