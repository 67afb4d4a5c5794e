package io.sessionbridge.ingest;

import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.journal.JournalRecord;
import io.sessionbridge.spi.Host;
import java.util.ArrayList;
import java.util.List;

/** The content of a journal. */
final class Recorded {

  private Recorded() {}

  static List<SessionEvent> events(Journal journal, Host host) throws Exception {
    List<SessionEvent> events = new ArrayList<>();
    try (JournalReader reader = journal.reader(0)) {
      for (JournalRecord record : reader.read(100_000, 64 << 20)) {
        if (record instanceof JournalRecord.Data data) {
          events.add(
              EventRecord.decode(data.payload())
                  .toEvent(
                      host.eventSource(),
                      data.epoch(),
                      data.sequence(),
                      Rfc3339.ofMicros(data.timeMicros())));
        }
      }
    }
    return events;
  }
}
