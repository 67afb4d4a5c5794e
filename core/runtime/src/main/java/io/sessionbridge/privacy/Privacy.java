package io.sessionbridge.privacy;

import io.sessionbridge.config.SecretFile;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.spi.StateBoard;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The privacy settings of one sink for users, clients and hosts. Applied once, before encoding, to
 * each event, to the state and to the host in the sink's context. So everything that the sink
 * derives from them (a body, a sentence, a topic, a key, a client id, a dead letter) is protected
 * too.
 *
 * <p>The journal keeps all names in plain text. Immutable; any thread.
 */
public final class Privacy {

  /** No protection. */
  public static final Privacy PLAIN =
      new Privacy(Protection.PLAIN, Protection.PLAIN, Protection.PLAIN, null, null);

  private final Protection users;
  private final Protection clients;
  private final Protection hosts;
  private final @Nullable Pseudonyms pseudonyms;
  private final @Nullable SecretFile keyFile;

  /**
   * Has a key if one of the protections needs it.
   *
   * @param hosts never {@link Protection#NONE}: without a host an event cannot be routed
   */
  Privacy(
      Protection users,
      Protection clients,
      Protection hosts,
      @Nullable Pseudonyms pseudonyms,
      @Nullable SecretFile keyFile) {
    if (hosts == Protection.NONE) {
      throw new IllegalArgumentException("an event must have a host");
    }
    this.users = users;
    this.clients = clients;
    this.hosts = hosts;
    this.pseudonyms = pseudonyms;
    this.keyFile = keyFile;
  }

  /** How the sink gets the names of a subject. */
  public Protection of(Subject subject) {
    return switch (subject) {
      case USERS -> users;
      case CLIENTS -> clients;
      case HOSTS -> hosts;
    };
  }

  boolean protects(Subject subject) {
    return of(subject) != Protection.PLAIN;
  }

  /** Whether nothing is protected. */
  public boolean isPlain() {
    return users == Protection.PLAIN && clients == Protection.PLAIN && hosts == Protection.PLAIN;
  }

  /** The protected subjects, as the configuration names them. */
  public Set<String> hidden() {
    return Stream.of(Subject.values())
        .filter(this::protects)
        .map(Subject::word)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The fields of an event that hold names of a subject. */
  public static List<String> fields(Subject subject) {
    return FieldRule.fieldsOf(subject);
  }

  /** The file of the key; empty without pseudonyms. */
  public Optional<SecretFile> keyFile() {
    return Optional.ofNullable(keyFile);
  }

  /** The id of the key, as in events; empty without pseudonyms. */
  public Optional<String> keyId() {
    return Optional.ofNullable(pseudonyms).map(Pseudonyms::keyId);
  }

  /** The key; empty without pseudonyms. */
  public Optional<PrivacyKey> key() {
    return Optional.ofNullable(pseudonyms).map(PrivacyKey::new);
  }

  Pseudonyms pseudonyms() {
    return Objects.requireNonNull(pseudonyms, "no pseudonyms without a key");
  }

  /** The event as the sink gets it. Deterministic for an event and a key. */
  public SessionEvent of(SessionEvent event) {
    return isPlain() ? event : new Redaction(this, event).run();
  }

  /** The machine as the sink gets it. */
  public Host of(Host host) {
    return hosts == Protection.PSEUDONYM ? new PrivateHost(host, pseudonyms()) : host;
  }

  /**
   * A board with the state as the sink gets it.
   *
   * @param host whose state it is, with its plain names
   */
  public StateBoard of(StateBoard board, Host host) {
    return isPlain() ? board : () -> of(board.now(), host);
  }

  /**
   * The state as the sink gets it. The health has no message, since a sentence may contain names.
   */
  public HostState of(HostState state, Host host) {
    if (isPlain()) {
      return state;
    }
    HostText names = HostText.of(host);
    return new HostState(
        state.time(),
        new Health(state.health().status(), ""),
        state.sessions().stream().map(session -> of(session, names)).toList(),
        state.condition(),
        state.activity(),
        state.use(),
        state.judged(),
        state.sequence());
  }

  private SessionState of(SessionState session, HostText names) {
    return new SessionState(
        session.sessionId(),
        session.userName().flatMap(name -> user(NameType.of(name), name, names)),
        session.userDomain().flatMap(domain -> user(NameType.DOMAIN, domain, names)),
        session.locked(),
        session.connected(),
        session.lastKind(),
        session.lastTime(),
        session.sessionKey().flatMap(this::shownId),
        session.state(),
        session.since());
  }

  private Optional<String> user(NameType type, String text, HostText names) {
    return switch (users) {
      case PLAIN ->
          Optional.of(protects(Subject.HOSTS) ? names.replaced(text, pseudonyms()) : text);
      case PSEUDONYM -> Optional.of(pseudonyms().of(type, text));
      case NONE -> Optional.empty();
    };
  }

  /**
   * The id of an event as the sink gets it; an id of another program may contain a name. Empty:
   * must not be shown.
   */
  Optional<String> shownId(String id) {
    return Words.isEventId(id) ? Optional.of(id) : replacedId(id);
  }

  /** Empty without a key: an unkeyed hash could be reversed by guessing. */
  Optional<String> replacedId(String text) {
    return Optional.ofNullable(pseudonyms).map(made -> made.of(NameType.EVENT_ID, text));
  }
}
