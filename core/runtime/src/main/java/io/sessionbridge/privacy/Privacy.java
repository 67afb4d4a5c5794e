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
 * What one sink may know of users, clients and hosts. Applied once, before anything is encoded, to
 * each event, to the state and to the host that the sink's context names: whatever the sink makes
 * of them (a body, a sentence, a topic, a key, a client id, a dead letter) has no other names.
 *
 * <p>The journal has all names as they are. Immutable; any thread.
 */
public final class Privacy {

  /** A sink that gets everything as it is. */
  public static final Privacy PLAIN =
      new Privacy(Protection.PLAIN, Protection.PLAIN, Protection.PLAIN, null, null);

  private final Protection users;
  private final Protection clients;
  private final Protection hosts;
  private final @Nullable Pseudonyms pseudonyms;
  private final @Nullable SecretFile keyFile;

  /**
   * One with a key where one of the protections needs it.
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

  /** Whether the sink gets everything as it is. */
  public boolean isPlain() {
    return users == Protection.PLAIN && clients == Protection.PLAIN && hosts == Protection.PLAIN;
  }

  /** The subjects that are not plain, as the configuration says them. */
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

  /** The file of the key; empty if no pseudonyms are made. */
  public Optional<SecretFile> keyFile() {
    return Optional.ofNullable(keyFile);
  }

  /** The id of the key, as events carry it; empty if no pseudonyms are made. */
  public Optional<String> keyId() {
    return Optional.ofNullable(pseudonyms).map(Pseudonyms::keyId);
  }

  /** The key; empty if no pseudonyms are made. */
  public Optional<PrivacyKey> key() {
    return Optional.ofNullable(pseudonyms).map(PrivacyKey::new);
  }

  Pseudonyms pseudonyms() {
    return Objects.requireNonNull(pseudonyms, "no pseudonyms without a key");
  }

  /** The event as the sink gets it. Pure: the same for the same event and key. */
  public SessionEvent of(SessionEvent event) {
    return isPlain() ? event : new Disguise(this, event).run();
  }

  /** The machine as the sink gets it. */
  public Host of(Host host) {
    return hosts == Protection.PSEUDONYM ? new PrivateHost(host, pseudonyms()) : host;
  }

  /**
   * A board that shows the state as the sink gets it.
   *
   * @param host whose state it is, with its own names
   */
  public StateBoard of(StateBoard board, Host host) {
    return isPlain() ? board : () -> of(board.now(), host);
  }

  /** The state as the sink gets it: of the health only the word, since a sentence may name. */
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

  /** An id of an event; one that no agent made may hold a name. Empty: must not be shown. */
  Optional<String> shownId(String id) {
    return Words.isEventId(id) ? Optional.of(id) : replacedId(id);
  }

  /** A hash without a key would be no secret: who guesses the text knows it. Empty: no key. */
  Optional<String> replacedId(String text) {
    return Optional.ofNullable(pseudonyms).map(made -> made.of(NameType.EVENT_ID, text));
  }
}
