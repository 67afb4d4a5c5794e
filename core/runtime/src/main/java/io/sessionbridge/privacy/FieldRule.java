package io.sessionbridge.privacy;

import io.sessionbridge.event.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What each field of an event reveals about persons and machines. This table is the only place that
 * decides it; a test fails if a field is missing. A protected sink does not get fields that are not
 * in the table, such as those of a newer version.
 */
final class FieldRule {

  /** What a field holds. */
  enum Content {
    /** A name; the subject's protection replaces or removes it. */
    NAME,
    /** A number, a flag or a time; identifies nobody. */
    VALUE,
    /** A word of the system or of the configuration; removed if it is not one. */
    WORD,
    /** A word of a closed list; removed if it is not in the list. */
    REASON,
    /** The id of an event; the ids that an agent generates identify nobody. */
    EVENT_ID,
    /** A sentence that may name anything: never sent to a protected sink. */
    SENTENCE
  }

  private static final FieldRule VALUE = new FieldRule(Content.VALUE, null, null);
  private static final FieldRule WORD = new FieldRule(Content.WORD, null, null);

  private static final Map<Field<?>, FieldRule> TABLE = new LinkedHashMap<>();

  static {
    names(Subject.USERS, NameType.USER, Field.USER_NAME);
    names(Subject.USERS, NameType.DOMAIN, Field.USER_DOMAIN, Field.DNS_DOMAIN);
    names(Subject.USERS, NameType.SID, Field.USER_SID);
    names(Subject.USERS, NameType.UPN, Field.USER_UPN);
    // Identifies the user to anyone with the host's security log.
    names(Subject.USERS, NameType.LOGON, Field.LOGON_ID);
    names(Subject.CLIENTS, NameType.CLIENT, Field.CLIENT_NAME);
    names(Subject.CLIENTS, NameType.ADDRESS, Field.CLIENT_ADDRESS);
    names(Subject.HOSTS, NameType.HOST, Field.HOST_NAME, Field.HOST_FQDN, Field.LOGON_SERVER);
    names(Subject.HOSTS, NameType.DOMAIN, Field.HOST_DOMAIN);
    names(Subject.HOSTS, NameType.HOST_ID, Field.HOST_ID, Field.PREVIOUS_HOST_ID);
    names(Subject.HOSTS, NameType.BOOT, Field.BOOT_ID);
    TABLE.put(Field.REASON, new FieldRule(Content.REASON, null, null));
    TABLE.put(Field.SESSION_KEY, new FieldRule(Content.EVENT_ID, null, null));
    TABLE.put(Field.HEALTH_DETAIL, new FieldRule(Content.SENTENCE, null, null));
    all(
        WORD,
        Field.SOURCE_ID,
        Field.SOURCE_TYPE,
        Field.EVIDENCE,
        Field.LOCAL_OFFSET,
        Field.STATION,
        Field.PROTOCOL,
        Field.SESSION_STATE,
        Field.ACCOUNT_TYPE,
        Field.LOGON_TYPE,
        Field.AUTH_PACKAGE,
        Field.AGENT_VERSION,
        Field.CONFIG_HASH,
        Field.HEALTH,
        Field.BASIS,
        Field.KEY_ID);
    all(
        VALUE,
        Field.KIND,
        Field.SESSION_ID,
        Field.RAW_CODE,
        Field.INFERRED,
        Field.AMBIGUOUS,
        Field.CONFIRMED,
        Field.UPTIME_MS,
        Field.REMOTE,
        Field.LOCKED,
        Field.REMOTE_CONTROL,
        Field.LOGON_TIME,
        Field.ELEVATED,
        Field.FIRST_SEQUENCE,
        Field.LAST_SEQUENCE,
        Field.LOST_COUNT,
        Field.BACKLOG_AGE_MS,
        Field.OLD_TIME,
        Field.NEW_TIME,
        Field.DIFFERENCE_MS,
        Field.TIME_AFTER,
        Field.LAST_ACTIVE_SECONDS,
        Field.LAST_LOCKED_SECONDS,
        Field.LAST_DISCONNECTED_SECONDS,
        Field.LAST_SCREENSAVER_SECONDS,
        Field.SESSION_SECONDS,
        Field.ACTIVE_SECONDS,
        Field.LOCKED_SECONDS,
        Field.DISCONNECTED_SECONDS,
        Field.SCREENSAVER_SECONDS,
        Field.ASLEEP_SECONDS,
        Field.SINCE,
        Field.LAST_HOST_ACTIVE_SECONDS,
        Field.LAST_HOST_IDLE_SECONDS);
  }

  private final Content content;
  private final @Nullable Subject subject;
  private final @Nullable NameType type;

  private FieldRule(Content content, @Nullable Subject subject, @Nullable NameType type) {
    this.content = content;
    this.subject = subject;
    this.type = type;
  }

  @SafeVarargs
  private static void names(Subject subject, NameType type, Field<String>... fields) {
    for (Field<String> field : fields) {
      TABLE.put(field, new FieldRule(Content.NAME, subject, type));
    }
  }

  private static void all(FieldRule rule, Field<?>... fields) {
    for (Field<?> field : fields) {
      TABLE.put(field, rule);
    }
  }

  /** The rule of a field; empty if it is not classified, so a protected sink does not get it. */
  static Optional<FieldRule> of(Field<?> field) {
    return Optional.ofNullable(TABLE.get(field));
  }

  /** The names of the fields that hold names of a subject. */
  static List<String> fieldsOf(Subject subject) {
    return TABLE.entrySet().stream()
        .filter(entry -> entry.getValue().subject == subject)
        .map(entry -> entry.getKey().name())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  Content content() {
    return content;
  }

  /** Only for {@link Content#NAME}. */
  Subject subject() {
    return Objects.requireNonNull(subject);
  }

  /** Only for {@link Content#NAME}. */
  NameType type() {
    return Objects.requireNonNull(type);
  }
}
