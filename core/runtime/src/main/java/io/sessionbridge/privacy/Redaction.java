package io.sessionbridge.privacy;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventId;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Redacts one event for a protected sink. For one event and one thread. */
final class Redaction {

  private static final String SOURCE = "/sessionbridge/";

  /** Shorter names occur in many words by chance. */
  private static final int SHORTEST_PART = 3;

  private final Privacy privacy;
  private final SessionEvent event;
  private final EventData from;
  private final EventData.Builder to = EventData.builder();
  private final @Nullable HostText hostText;
  private final List<String> removedNames = new ArrayList<>();
  private boolean pseudonymous;

  Redaction(Privacy privacy, SessionEvent event) {
    this.privacy = privacy;
    this.event = event;
    this.from = event.data();
    this.hostText = privacy.protects(Subject.HOSTS) ? HostText.of(from) : null;
  }

  SessionEvent run() {
    for (Field<?> field : Field.all()) {
      collect(field);
    }
    for (Field<?> field : Field.all()) {
      take(field);
    }
    Optional<String> id = event.imported() ? privacy.shownId(event.id()) : Optional.of(event.id());
    Optional<String> source = source();
    Optional<String> sequence = sequence();
    if (pseudonymous) {
      to.put(Field.KEY_ID, privacy.pseudonyms().keyId());
    }
    if (id.isEmpty() || source.isEmpty() || sequence.isEmpty()) {
      return event.with(
          event.journalId(),
          event.journalSource(),
          EventId.padded(event.journalSequence()),
          to.build());
    }
    return event.with(id.get(), source.get(), sequence.get(), to.build());
  }

  /** Collects the names that no other field may contain. */
  private void collect(Field<?> field) {
    if (from.get(field) instanceof String text
        && FieldRule.of(field).filter(this::isProtected).isPresent()) {
      removedNames.add(text.toLowerCase(Locale.ROOT));
    }
  }

  private boolean isProtected(FieldRule rule) {
    return rule.content() == FieldRule.Content.NAME && privacy.protects(rule.subject());
  }

  private <T> void take(Field<T> field) {
    Optional<T> value = from.find(field);
    Optional<FieldRule> rule = FieldRule.of(field);
    if (value.isEmpty() || rule.isEmpty()) {
      return;
    }
    if (rule.get().content() == FieldRule.Content.VALUE) {
      to.put(field, value.get());
    } else if (value.get() instanceof String text) {
      to.put(field, field.type().cast(shown(text, rule.get()).orElse(null)));
    }
  }

  private Optional<String> shown(String text, FieldRule rule) {
    return switch (rule.content()) {
      case NAME -> name(text, rule);
      case WORD -> Optional.of(text).filter(word -> Words.isWord(word) && !containsName(word));
      case REASON -> Optional.of(text).filter(Words::isReason);
      case EVENT_ID -> privacy.shownId(text);
      case SENTENCE -> Optional.empty();
      case VALUE -> Optional.of(text);
    };
  }

  private Optional<String> name(String text, FieldRule rule) {
    return switch (privacy.of(rule.subject())) {
      case NONE -> Optional.empty();
      case PSEUDONYM -> Optional.of(pseudonym(text, rule));
      case PLAIN -> Optional.of(hostText == null ? text : withoutHost(text, hostText));
    };
  }

  private String pseudonym(String text, FieldRule rule) {
    pseudonymous = true;
    return rule.type() == NameType.USER
        ? privacy.pseudonyms().ofUser(text)
        : privacy.pseudonyms().of(rule.type(), text);
  }

  private String withoutHost(String text, HostText names) {
    if (!names.isIn(text)) {
      return text;
    }
    pseudonymous = true;
    return names.replaced(text, privacy.pseudonyms());
  }

  /** A replayed line may have a name in any field. */
  private boolean containsName(String word) {
    if (Words.isOfSystem(word)) {
      return false;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    if (hostText != null && hostText.isIn(word) || removedNames.contains(lower)) {
      return true;
    }
    return !Words.isOfAgent(word)
        && removedNames.stream()
            .anyMatch(
                name -> name.length() < SHORTEST_PART ? lower.equals(name) : lower.contains(name));
  }

  /**
   * Follows the protection of the host. A source of another program may contain anything. Empty:
   * must not be shown.
   */
  private Optional<String> source() {
    String source = event.source();
    String agent = source.startsWith(SOURCE) ? source.substring(SOURCE.length()) : "";
    if (privacy.of(Subject.HOSTS) == Protection.PSEUDONYM) {
      pseudonymous = true;
      return Optional.of(
          SOURCE + privacy.pseudonyms().of(NameType.HOST_ID, agent.isEmpty() ? source : agent));
    }
    boolean known = !event.imported() || Words.isWord(agent) && !containsName(agent);
    return known ? Optional.of(source) : privacy.replacedId(source).map(id -> SOURCE + id);
  }

  private Optional<String> sequence() {
    String sequence = event.sequence();
    return Words.isSequence(sequence) ? Optional.of(sequence) : privacy.replacedId(sequence);
  }
}
