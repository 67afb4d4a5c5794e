package io.sessionbridge.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A field of an event's data: its wire name and the type of its value. Values are text, whole
 * numbers, flags and times; a field is absent when unknown, never null and never empty.
 *
 * <p>The order of the constants is the order in the canonical JSON. The first three must stay
 * first: the routing fields (kind, host, session) are read from the start of the bytes without
 * decoding the rest.
 *
 * @param <T> {@link String}, {@link Long}, {@link Boolean}, {@link Instant} or {@link Kind}
 */
public final class Field<T> {

  private static final List<Field<?>> DECLARED = new ArrayList<>();

  public static final Field<Kind> KIND = of("kind", Kind.class);
  public static final Field<String> HOST_ID = of("host_id", String.class);
  public static final Field<Long> SESSION_ID = of("session_id", Long.class);

  /**
   * The operating system's code, for events without a kind of their own and for kinds with several
   * codes.
   */
  public static final Field<Long> RAW_CODE = of("raw_code", Long.class);

  public static final Field<String> REASON = of("reason", String.class);

  /** The configured id of the source that reported it. */
  public static final Field<String> SOURCE_ID = of("source_id", String.class);

  public static final Field<String> SOURCE_TYPE = of("source_type", String.class);

  /** True if the agent derived the event and no source reported it; see {@link #EVIDENCE}. */
  public static final Field<Boolean> INFERRED = of("inferred", Boolean.class);

  public static final Field<String> EVIDENCE = of("evidence", String.class);

  /** True if several sessions match and the agent chose none. */
  public static final Field<Boolean> AMBIGUOUS = of("ambiguous", Boolean.class);

  /** Whether the operating system, asked afterwards, agreed; absent if it was not asked. */
  public static final Field<Boolean> CONFIRMED = of("confirmed", Boolean.class);

  public static final Field<String> HOST_NAME = of("host_name", String.class);
  public static final Field<String> HOST_FQDN = of("host_fqdn", String.class);
  public static final Field<String> HOST_DOMAIN = of("host_domain", String.class);

  /** The host's offset from UTC at the time of the event, for instance {@code +01:00}. */
  public static final Field<String> LOCAL_OFFSET = of("local_offset", String.class);

  /** Milliseconds since the host started, sleep included. */
  public static final Field<Long> UPTIME_MS = of("uptime_ms", Long.class);

  public static final Field<String> BOOT_ID = of("boot_id", String.class);

  /**
   * Identifies a session from its first event to its end, even though its number is reused: the id
   * of that first event.
   */
  public static final Field<String> SESSION_KEY = of("session_key", String.class);

  /** The window station, for instance {@code Console} or {@code RDP-Tcp#3}. */
  public static final Field<String> STATION = of("station", String.class);

  /** One of console, rdp, ica, pcoip, unknown. */
  public static final Field<String> PROTOCOL = of("protocol", String.class);

  public static final Field<Boolean> REMOTE = of("remote", Boolean.class);
  public static final Field<String> SESSION_STATE = of("session_state", String.class);
  public static final Field<Boolean> LOCKED = of("locked", Boolean.class);

  /** Whether the session is shadowed; only where the system reports it. */
  public static final Field<Boolean> REMOTE_CONTROL = of("remote_control", Boolean.class);

  public static final Field<Instant> LOGON_TIME = of("logon_time", Instant.class);
  public static final Field<String> CLIENT_NAME = of("client_name", String.class);
  public static final Field<String> CLIENT_ADDRESS = of("client_address", String.class);

  public static final Field<String> USER_NAME = of("user_name", String.class);
  public static final Field<String> USER_DOMAIN = of("user_domain", String.class);
  public static final Field<String> USER_SID = of("user_sid", String.class);
  public static final Field<String> USER_UPN = of("user_upn", String.class);

  /**
   * One of local, domain, entra, virtual (accounts that Windows creates for itself, such as DWM-1)
   * and service (session 0, LocalSystem and similar accounts, machine accounts).
   */
  public static final Field<String> ACCOUNT_TYPE = of("account_type", String.class);

  /**
   * The LUID of the logon session in hexadecimal; equals {@code TargetLogonId} of Security 4624.
   */
  public static final Field<String> LOGON_ID = of("logon_id", String.class);

  public static final Field<String> LOGON_TYPE = of("logon_type", String.class);
  public static final Field<String> AUTH_PACKAGE = of("auth_package", String.class);
  public static final Field<String> LOGON_SERVER = of("logon_server", String.class);
  public static final Field<String> DNS_DOMAIN = of("dns_domain", String.class);
  public static final Field<Boolean> ELEVATED = of("elevated", Boolean.class);

  /** In a gap: the first missing sequence. */
  public static final Field<Long> FIRST_SEQUENCE = of("first_sequence", Long.class);

  /** In a gap: the last missing sequence. */
  public static final Field<Long> LAST_SEQUENCE = of("last_sequence", Long.class);

  /** In a gap: the number of missing events. */
  public static final Field<Long> LOST_COUNT = of("lost_count", Long.class);

  /** Of the agent: its version. */
  public static final Field<String> AGENT_VERSION = of("agent_version", String.class);

  /** Of the agent: the first 16 hexadecimal digits of the SHA-256 of its configuration file. */
  public static final Field<String> CONFIG_HASH = of("config_hash", String.class);

  /** Of the agent: one of up, degraded, down. */
  public static final Field<String> HEALTH = of("health", String.class);

  /** Of the agent: what is wrong, and with which part. */
  public static final Field<String> HEALTH_DETAIL = of("health_detail", String.class);

  /** Of the agent: the age of the oldest event in the backlog of a sink, in milliseconds. */
  public static final Field<Long> BACKLOG_AGE_MS = of("backlog_age_ms", Long.class);

  /** Of the agent: the host id before an image was cloned or re-installed. */
  public static final Field<String> PREVIOUS_HOST_ID = of("previous_host_id", String.class);

  /** Of a clock change: the time before. */
  public static final Field<Instant> OLD_TIME = of("old_time", Instant.class);

  /** Of a clock change: the time after. */
  public static final Field<Instant> NEW_TIME = of("new_time", Instant.class);

  /** Of a clock change: how far the clock moved forward, in milliseconds; negative if back. */
  public static final Field<Long> DIFFERENCE_MS = of("difference_ms", Long.class);

  /** Of an inferred event: the last time at which it was known not to have happened yet. */
  public static final Field<Instant> TIME_AFTER = of("time_after", Instant.class);

  /** Of an event that ends this state: how long the session was in use, sleep included. */
  public static final Field<Long> LAST_ACTIVE_SECONDS = of("last_active_seconds", Long.class);

  /** Of an event that ends this state: how long the session was locked, sleep included. */
  public static final Field<Long> LAST_LOCKED_SECONDS = of("last_locked_seconds", Long.class);

  /** Of an event that ends this state: how long the session was disconnected, sleep included. */
  public static final Field<Long> LAST_DISCONNECTED_SECONDS =
      of("last_disconnected_seconds", Long.class);

  /** Of an event that ends this state: how long the screen saver ran, sleep included. */
  public static final Field<Long> LAST_SCREENSAVER_SECONDS =
      of("last_screensaver_seconds", Long.class);

  /** Of the end of a user's time in a session: its duration. */
  public static final Field<Long> SESSION_SECONDS = of("session_seconds", Long.class);

  /** Of the end of a user's time: how long the session was in use. These five do not overlap. */
  public static final Field<Long> ACTIVE_SECONDS = of("active_seconds", Long.class);

  /** Of the end of a user's time: how long it was locked, without disconnection and sleep. */
  public static final Field<Long> LOCKED_SECONDS = of("locked_seconds", Long.class);

  /** Of the end of a user's time: how long it was disconnected, without sleep. */
  public static final Field<Long> DISCONNECTED_SECONDS = of("disconnected_seconds", Long.class);

  /**
   * Of the end of a user's time: how long only the screen saver ran, in none of the states above.
   */
  public static final Field<Long> SCREENSAVER_SECONDS = of("screensaver_seconds", Long.class);

  /** Of the end of a user's time: how long the machine slept. */
  public static final Field<Long> ASLEEP_SECONDS = of("asleep_seconds", Long.class);

  /** Of an idle or active host: when that state began. */
  public static final Field<Instant> SINCE = of("since", Instant.class);

  /** Of an idle or active host: the evidence, see {@code HostActivity}. */
  public static final Field<String> BASIS = of("basis", String.class);

  /** Of an idle host: how long it had been active, without sleep. */
  public static final Field<Long> LAST_HOST_ACTIVE_SECONDS =
      of("last_host_active_seconds", Long.class);

  /** Of an active host: how long it had been idle, without sleep. */
  public static final Field<Long> LAST_HOST_IDLE_SECONDS = of("last_host_idle_seconds", Long.class);

  /** Of an event with pseudonyms: the id of their key. Never in the journal. */
  public static final Field<String> KEY_ID = of("key_id", String.class);

  private static final Map<String, Field<?>> BY_NAME = index();

  private final String name;
  private final Class<T> type;
  private final int ordinal;

  private Field(String name, Class<T> type, int ordinal) {
    this.name = name;
    this.type = type;
    this.ordinal = ordinal;
  }

  private static <T> Field<T> of(String name, Class<T> type) {
    Field<T> field = new Field<>(name, type, DECLARED.size());
    DECLARED.add(field);
    return field;
  }

  private static Map<String, Field<?>> index() {
    Map<String, Field<?>> index = new LinkedHashMap<>();
    DECLARED.forEach(field -> index.put(field.name, field));
    return Collections.unmodifiableMap(index);
  }

  /** The wire name, in snake case. */
  public String name() {
    return name;
  }

  public Class<T> type() {
    return type;
  }

  int ordinal() {
    return ordinal;
  }

  /** All fields, in canonical order. */
  public static List<Field<?>> all() {
    return Collections.unmodifiableList(DECLARED);
  }

  public static Optional<Field<?>> ofName(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  static int count() {
    return DECLARED.size();
  }

  @Override
  public String toString() {
    return name;
  }
}
