package io.sessionbridge.format.siem;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventId;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** An event of every kind in every situation that it can be in. */
enum GoldenEvents {
  CONSOLE {
    @Override
    EventData.Builder with(EventData.Builder data) {
      if (isInSession(data)) {
        user(data).put(Field.STATION, "Console").put(Field.PROTOCOL, "console");
        data.put(Field.REMOTE, false).put(Field.LOGON_TYPE, "interactive");
        data.put(Field.SESSION_STATE, "active").put(Field.LOCKED, false);
        data.put(Field.USER_UPN, "kim@contoso.example").put(Field.ELEVATED, false);
        data.put(Field.LOGON_TIME, TIME.minusSeconds(3_600)).put(Field.LOGON_ID, "0x3e7a1");
        data.put(Field.AUTH_PACKAGE, "Kerberos").put(Field.LOGON_SERVER, "DC1");
        data.put(Field.DNS_DOMAIN, "contoso.example").put(Field.CONFIRMED, true);
      }
      return data.put(Field.BOOT_ID, "b0074711").put(Field.UPTIME_MS, 7_200_000L);
    }
  },
  REMOTE {
    @Override
    EventData.Builder with(EventData.Builder data) {
      user(data).put(Field.STATION, "RDP-Tcp#3").put(Field.PROTOCOL, "rdp");
      data.put(Field.REMOTE, true).put(Field.LOGON_TYPE, "remote_interactive");
      return data.put(Field.CLIENT_NAME, "LAPTOP9").put(Field.CLIENT_ADDRESS, "192.0.2.7");
    }
  },
  IPV6_WITH_ZONE {
    @Override
    EventData.Builder with(EventData.Builder data) {
      return user(data)
          .put(Field.REMOTE, true)
          .put(Field.PROTOCOL, "ica")
          .put(Field.CLIENT_ADDRESS, "fe80::1ff:fe23:4567:890a%12");
    }
  },
  INFERRED {
    @Override
    EventData.Builder with(EventData.Builder data) {
      return user(data)
          .put(Field.INFERRED, true)
          .put(Field.EVIDENCE, "session_list")
          .put(Field.AMBIGUOUS, true)
          .put(Field.CONFIRMED, false)
          .put(Field.TIME_AFTER, TIME.minusSeconds(600));
    }
  },
  /** A line of another collector, which saw neither the logon nor an address. */
  REPLAYED {
    @Override
    EventData.Builder with(EventData.Builder data) {
      user(data).put(Field.HOST_NAME, "host7.contoso.example").put(Field.REMOTE, true);
      data.put(Field.CLIENT_NAME, "LAPTOP9").put(Field.CLIENT_ADDRESS, "0.0.0.0");
      if (data.has(Field.SESSION_SECONDS)) {
        data.remove(Field.SESSION_SECONDS).put(Field.LAST_ACTIVE_SECONDS, 1_800L);
      }
      return data;
    }
  },
  VIRTUAL_ACCOUNT {
    @Override
    EventData.Builder with(EventData.Builder data) {
      return data.put(Field.USER_NAME, "DWM-2")
          .put(Field.USER_DOMAIN, "Window Manager")
          .put(Field.USER_SID, "S-1-5-90-0-2")
          .put(Field.ACCOUNT_TYPE, "virtual")
          .put(Field.LOGON_TYPE, "service")
          .put(Field.REMOTE, false);
    }
  },
  NO_USER {
    @Override
    EventData.Builder with(EventData.Builder data) {
      return data.put(Field.REMOTE, false);
    }
  },
  NON_ASCII {
    @Override
    EventData.Builder with(EventData.Builder data) {
      data.put(Field.HOST_NAME, "BÜRO7").put(Field.REASON, "für später");
      if (isInSession(data)) {
        data.put(Field.USER_NAME, "Jörg 漢字 😀").put(Field.USER_DOMAIN, "ΩMEGA");
        data.put(Field.CLIENT_NAME, "LÄPTOP");
      }
      return data;
    }
  },
  DELIMITERS {
    @Override
    EventData.Builder with(EventData.Builder data) {
      data.put(Field.HOST_NAME, "H|O=S\\T").put(Field.REASON, "a=b|c\\d\"e]f");
      if (isInSession(data)) {
        data.put(Field.USER_NAME, "kim|x=1 cs1=fake\\").put(Field.USER_DOMAIN, "A\\=B");
        data.put(Field.CLIENT_NAME, "L\tA\nP\u0000T\u001b\u202eOP");
        data.put(Field.CLIENT_ADDRESS, "no address");
      }
      return data;
    }
  },
  /** The longest that Windows, DNS and the tracker allow. */
  LIMITS {
    @Override
    EventData.Builder with(EventData.Builder data) {
      data.put(Field.HOST_NAME, "H".repeat(63));
      data.put(Field.HOST_FQDN, ("h".repeat(63) + "." + "d".repeat(63)).repeat(2).substring(1));
      data.put(Field.REASON, "r".repeat(500));
      if (isInSession(data)) {
        data.put(Field.USER_NAME, "u".repeat(256)).put(Field.USER_DOMAIN, "D".repeat(255));
        data.put(Field.CLIENT_NAME, "c".repeat(255)).put(Field.SESSION_KEY, "k".repeat(40));
        data.put(Field.SESSION_ID, 4_294_967_295L);
      }
      return data;
    }
  };

  static final Instant TIME = Instant.parse("2026-11-20T08:00:00.123456Z");

  private static final String AGENT = "/sessionbridge/6f1c2c5e-2b07-5b2c-9d1e-0a7c1a5b7d11";

  private static final Set<GoldenEvents> OF_EVERY_SUBJECT =
      EnumSet.of(CONSOLE, NON_ASCII, DELIMITERS, LIMITS);

  abstract EventData.Builder with(EventData.Builder data);

  /** One event of each kind that can be in this situation. */
  List<SessionEvent> events() {
    return Stream.of(Kind.values()).filter(this::has).map(this::event).toList();
  }

  private boolean has(Kind kind) {
    return kind.subject() == Kind.Subject.SESSION || OF_EVERY_SUBJECT.contains(this);
  }

  private SessionEvent event(Kind kind) {
    EventData.Builder data =
        EventData.builder(kind)
            .put(Field.HOST_ID, "0b7c8f6e-5d0c-5a59-8f8e-6f1f3c1f2a77")
            .put(Field.HOST_NAME, "HOST7")
            .put(Field.SOURCE_ID, "windows")
            .put(Field.SOURCE_TYPE, "wts")
            .put(Field.LOCAL_OFFSET, "+01:00");
    if (kind.subject() == Kind.Subject.SESSION) {
      data.put(Field.SESSION_ID, 2L).put(Field.SESSION_KEY, "7h3jk2-17");
    }
    long sequence = 42L;
    return SessionEvent.of(
        EventId.of(this == LIMITS ? "e".repeat(37) : "7h3jk2", sequence),
        AGENT,
        TIME,
        TIME.plus(Duration.ofMillis(5)),
        this == LIMITS ? Long.MAX_VALUE : sequence,
        with(special(kind, data)).build());
  }

  /** What only events of this kind have. */
  private static EventData.Builder special(Kind kind, EventData.Builder data) {
    return switch (kind) {
      case LOGOFF, SESSION_TERMINATE ->
          data.put(Field.SESSION_SECONDS, 3_600L)
              .put(Field.ACTIVE_SECONDS, 1_800L)
              .put(Field.LOCKED_SECONDS, 900L)
              .put(Field.DISCONNECTED_SECONDS, 500L)
              .put(Field.SCREENSAVER_SECONDS, 300L)
              .put(Field.ASLEEP_SECONDS, 100L);
      case LOCK -> data.put(Field.LAST_ACTIVE_SECONDS, 1_800L);
      case UNLOCK -> data.put(Field.LAST_LOCKED_SECONDS, 900L);
      case CONSOLE_CONNECT, REMOTE_CONNECT -> data.put(Field.LAST_DISCONNECTED_SECONDS, 500L);
      case SCREENSAVER_STOP -> data.put(Field.LAST_SCREENSAVER_SECONDS, 300L);
      case REMOTE_CONTROL -> data.put(Field.REMOTE_CONTROL, true).put(Field.RAW_CODE, 9L);
      case OTHER -> data.put(Field.RAW_CODE, 4_711L);
      case HOST_IDLE ->
          data.put(Field.SINCE, TIME.minusSeconds(300))
              .put(Field.BASIS, "presence")
              .put(Field.LAST_HOST_ACTIVE_SECONDS, 7_200L);
      case HOST_ACTIVE -> data.put(Field.LAST_HOST_IDLE_SECONDS, 600L);
      case CLOCK_CHANGE ->
          data.put(Field.OLD_TIME, TIME.minusSeconds(3_600))
              .put(Field.NEW_TIME, TIME)
              .put(Field.DIFFERENCE_MS, 3_600_000L);
      case BRIDGE_START ->
          data.put(Field.AGENT_VERSION, "1.0.0").put(Field.CONFIG_HASH, "0a1b2c3d");
      case BRIDGE_HEARTBEAT ->
          data.put(Field.HEALTH, "degraded")
              .put(Field.HEALTH_DETAIL, "sink siem: connection refused")
              .put(Field.BACKLOG_AGE_MS, 60_000L);
      case GAP ->
          data.put(Field.FIRST_SEQUENCE, 30L)
              .put(Field.LAST_SEQUENCE, 41L)
              .put(Field.LOST_COUNT, 12L)
              .put(Field.REASON, "evicted");
      default -> data;
    };
  }

  private static boolean isInSession(EventData.Builder data) {
    return data.has(Field.SESSION_ID);
  }

  private static EventData.Builder user(EventData.Builder data) {
    return data.put(Field.USER_NAME, "kim")
        .put(Field.USER_DOMAIN, "CONTOSO")
        .put(Field.USER_SID, "S-1-5-21-1004336348-1177238915-682003330-512")
        .put(Field.ACCOUNT_TYPE, "domain");
  }
}
