package io.sessionbridge.source.windows;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.SystemLog.Entry;
import io.sessionbridge.windows.eventlog.EventLogRecord;
import io.sessionbridge.windows.eventlog.RecordSelection;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Translates records of the Windows event log. Two records of the same change become one entry.
 * Used once.
 */
final class LogTranslator {

  private static final String SYSTEM = "System";
  private static final String SESSIONS =
      "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational";

  private static final String SESSION_MANAGER =
      "Microsoft-Windows-TerminalServices-LocalSessionManager";
  private static final String WINLOGON = "Microsoft-Windows-Winlogon";
  private static final String EVENT_LOG = "EventLog";
  private static final String GENERAL = "Microsoft-Windows-Kernel-General";
  private static final String POWER = "Microsoft-Windows-Kernel-Power";
  private static final String BOOT = "Microsoft-Windows-Kernel-Boot";
  private static final String TROUBLESHOOTER = "Microsoft-Windows-Power-Troubleshooter";

  /** The records to read; others would be ignored. */
  static final List<RecordSelection> SELECTIONS =
      List.of(
          RecordSelection.of(SESSIONS, SESSION_MANAGER, 21, 23, 24, 25),
          RecordSelection.of(SYSTEM, WINLOGON, 7001, 7002),
          RecordSelection.of(SYSTEM, EVENT_LOG, 6006),
          RecordSelection.of(SYSTEM, GENERAL, 13),
          RecordSelection.of(SYSTEM, POWER, 42, 107),
          RecordSelection.of(SYSTEM, BOOT, 27),
          RecordSelection.of(SYSTEM, TROUBLESHOOTER, 1));

  private static final String FAST_STARTUP = "fast_startup";

  /** Kernel-Boot 27. */
  private static final String FAST_STARTUP_BOOT = "1";

  /** Kernel-Power 42: the user chose to shut down, and Windows hibernates the kernel. */
  private static final String SHUTDOWN_STATE = "6";

  /** 0xFFFFFFFF means "no session". */
  private static final long HIGHEST_SESSION = 0xFFFF_FFFEL;

  private static final Duration SAME_LOGON = Duration.ofSeconds(10);
  private static final Duration SAME_STOP = Duration.ofMinutes(2);

  private final List<Entry> entries = new ArrayList<>();

  /** Whether a session was remote, according to its last record with an address. */
  private final Map<Long, Boolean> remote = new HashMap<>();

  private LogTranslator() {}

  /** Translates the records, which are in order. */
  static List<Entry> translate(List<EventLogRecord> records) {
    LogTranslator translator = new LogTranslator();
    records.forEach(translator::take);
    return translator.entries;
  }

  private void take(EventLogRecord record) {
    switch (record.provider()) {
      case SESSION_MANAGER -> takeOfSessionManager(record);
      case WINLOGON -> takeOfWinlogon(record);
      case EVENT_LOG, GENERAL -> stop(record);
      case POWER -> takeOfPower(record);
      case BOOT -> {
        if (record.find("BootType").filter(FAST_STARTUP_BOOT::equals).isPresent()) {
          resume(record, record.time(), FAST_STARTUP);
        }
      }
      case TROUBLESHOOTER -> resume(record, time(record, "WakeTime"), null);
      default -> {
        // not about sessions
      }
    }
  }

  private void takeOfSessionManager(EventLogRecord record) {
    Optional<Long> session = record.find("SessionID").flatMap(LogTranslator::session);
    if (session.isEmpty()) {
      return;
    }
    String address = record.find("Address").orElse("");
    Optional<Boolean> isRemote =
        address.isEmpty() ? Optional.empty() : Optional.of(!address.equals("LOCAL"));
    isRemote.ifPresent(it -> remote.put(session.get(), it));
    Optional<Boolean> side = Optional.ofNullable(remote.get(session.get()));
    Kind kind =
        switch (record.id()) {
          case 21 -> Kind.LOGON;
          case 23 -> Kind.LOGOFF;
          case 24 -> side.orElse(false) ? Kind.REMOTE_DISCONNECT : Kind.CONSOLE_DISCONNECT;
          default -> side.orElse(false) ? Kind.REMOTE_CONNECT : Kind.CONSOLE_CONNECT;
        };
    EventData.Builder data = EventData.builder(kind).put(Field.SESSION_ID, session.get());
    putUser(data, record.find("User").orElse(""));
    if (isRemote.orElse(false)) {
      data.put(Field.CLIENT_ADDRESS, address);
    }
    if (kind == Kind.LOGON) {
      side.ifPresent(it -> data.put(Field.REMOTE, it));
    } else if (kind != Kind.LOGOFF && side.isEmpty()) {
      data.put(Field.AMBIGUOUS, true); // Windows omitted the address
    }
    addOnce(record, data.build(), "session_manager_");
  }

  private static void putUser(EventData.Builder data, String user) {
    int separator = user.indexOf('\\');
    String name = user.substring(separator + 1);
    if (!name.isEmpty()) {
      data.put(Field.USER_NAME, name);
    }
    if (separator > 0) {
      data.put(Field.USER_DOMAIN, user.substring(0, separator));
    }
  }

  private void takeOfWinlogon(EventLogRecord record) {
    Optional<Long> session = record.find("TSId").flatMap(LogTranslator::session);
    if (session.isEmpty()) {
      return;
    }
    Kind kind = record.id() == 7001 ? Kind.LOGON : Kind.LOGOFF;
    EventData.Builder data = EventData.builder(kind).put(Field.SESSION_ID, session.get());
    record.find("UserSid").ifPresent(sid -> data.put(Field.USER_SID, sid));
    addOnce(record, data.build(), "winlogon_");
  }

  /** Adds an entry, or completes the entry that another component wrote for the same change. */
  private void addOnce(EventLogRecord record, EventData data, String prefix) {
    String name = prefix + record.id();
    Long session = data.get(Field.SESSION_ID);
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry former = entries.get(i);
      if (!isWithin(former.time(), record.time(), SAME_LOGON)) {
        break;
      }
      EventData known = former.data();
      if (!former.name().startsWith(prefix)
          && known.kind() == data.kind()
          && (data.kind() == Kind.LOGON || data.kind() == Kind.LOGOFF)
          && Objects.equals(known.get(Field.SESSION_ID), session)) {
        entries.set(i, new Entry(former.time(), completed(known, data), former.name()));
        return;
      }
    }
    entries.add(new Entry(record.time(), data, name));
  }

  private static EventData completed(EventData known, EventData more) {
    EventData.Builder both = known.toBuilder();
    for (Field<?> field : List.of(Field.USER_SID, Field.USER_NAME, Field.USER_DOMAIN)) {
      putIfAbsent(both, field, more);
    }
    putIfAbsent(both, Field.CLIENT_ADDRESS, more);
    putIfAbsent(both, Field.REMOTE, more);
    return both.build();
  }

  private static <T> void putIfAbsent(EventData.Builder to, Field<T> field, EventData from) {
    from.find(field).ifPresent(value -> to.putIfAbsent(field, value));
  }

  private void stop(EventLogRecord record) {
    String name = record.provider().equals(EVENT_LOG) ? "event_log_6006" : "kernel_general_13";
    Instant time = time(record, "StopTime");
    if (isOfLast(Kind.HOST_SHUTDOWN, time)) {
      return;
    }
    entries.add(new Entry(time, EventData.builder(Kind.HOST_SHUTDOWN).build(), name));
  }

  private void takeOfPower(EventLogRecord record) {
    if (record.id() == 107) {
      resume(record, record.time(), null);
      return;
    }
    EventData.Builder data = EventData.builder(Kind.HOST_SUSPEND);
    if (record.find("TargetState").filter(SHUTDOWN_STATE::equals).isPresent()) {
      data.put(Field.REASON, FAST_STARTUP);
    }
    entries.add(new Entry(record.time(), data.build(), "kernel_power_42"));
  }

  /** Several components record one resume; only one of them knows about a fast startup. */
  private void resume(EventLogRecord record, Instant time, @Nullable String reason) {
    int last = lastOf(Kind.HOST_RESUME, time);
    if (last < 0) {
      EventData.Builder data = EventData.builder(Kind.HOST_RESUME);
      if (reason != null) {
        data.put(Field.REASON, reason);
      }
      entries.add(new Entry(time, data.build(), name(record)));
    } else if (reason != null) {
      Entry former = entries.get(last);
      EventData data = former.data().toBuilder().put(Field.REASON, reason).build();
      entries.set(last, new Entry(former.time(), data, name(record)));
    }
  }

  private static String name(EventLogRecord record) {
    return switch (record.provider()) {
      case BOOT -> "kernel_boot_27";
      case POWER -> "kernel_power_107";
      default -> "power_troubleshooter_1";
    };
  }

  private boolean isOfLast(Kind kind, Instant time) {
    return lastOf(kind, time) >= 0;
  }

  /** The last entry of that kind if it is about the same change; otherwise negative. */
  private int lastOf(Kind kind, Instant time) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry former = entries.get(i);
      if (former.data().kind() == kind) {
        return isWithin(former.time(), time, SAME_STOP) ? i : -1;
      }
      if (kind == Kind.HOST_RESUME && former.data().kind() == Kind.HOST_SUSPEND) {
        return -1; // a later sleep
      }
    }
    return -1;
  }

  private static boolean isWithin(Instant one, Instant other, Duration limit) {
    return Duration.between(one, other).abs().compareTo(limit) <= 0;
  }

  /** A time from the data, if it is valid and not after the record; else the record's own time. */
  private static Instant time(EventLogRecord record, String name) {
    return record
        .find(name)
        .flatMap(LogTranslator::instant)
        .filter(time -> !time.isAfter(record.time()))
        .orElse(record.time());
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> session(String text) {
    try {
      long session = Long.decode(text);
      return session >= 0 && session <= HIGHEST_SESSION ? Optional.of(session) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
