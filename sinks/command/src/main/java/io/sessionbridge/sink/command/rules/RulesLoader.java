package io.sessionbridge.sink.command.rules;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.sink.command.config.OnRule;
import io.sessionbridge.sink.command.writers.FileReader;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.storage.FileReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the rules of the file and falls back to the last valid rules. Waits for the share, however
 * long that takes. One thread.
 */
final class RulesLoader {

  private static final Logger LOG = LoggerFactory.getLogger(RulesLoader.class);

  private final Path file;
  private final RulesCopy copy;
  private final RulesReader reader;
  private final Clock clock;
  private boolean hasReadCopy;
  private @Nullable List<OnRule> valid;
  private @Nullable Instant validAt;
  private String failure = "";

  /**
   * The result of loading.
   *
   * @param rules the rules to use; empty if no valid rules are known
   * @param failure why the rules of the file are not used; empty if they are
   */
  record Loaded(Optional<List<OnRule>> rules, Optional<String> failure, Health health) {}

  /** Reads nothing yet. */
  RulesLoader(Path file, RulesCopy copy, FileReader reader, RuleCheck check, Clock clock) {
    this.file = file;
    this.copy = copy;
    this.reader = new RulesReader(file, reader, check);
    this.clock = clock;
  }

  /**
   * Loads the rules.
   *
   * @param early receives the rules of the copy before the file is read for the first time
   */
  Loaded load(Consumer<Loaded> early) {
    if (!hasReadCopy) {
      hasReadCopy = true;
      readCopy();
      early.accept(lastValid("rules_file: " + file + " has not been read yet"));
    }
    try {
      byte[] bytes = reader.load();
      return keep(bytes, reader.parse(file, bytes));
    } catch (DeliveryException e) {
      return failed(String.valueOf(e.getMessage()), "");
    } catch (RulesReader.MistakesException e) {
      String all = ", all mistakes:\n" + e.mistakes(); // the message may be cut
      return failed(String.valueOf(e.getMessage()), all);
    }
  }

  private Loaded failed(String text, String mistakes) {
    Loaded loaded = lastValid(text);
    if (!(text + mistakes).equals(failure)) {
      failure = text + mistakes;
      LOG.warn("{}{}", loaded.health().detail(), mistakes);
    }
    return loaded;
  }

  private Loaded keep(byte[] bytes, List<OnRule> rules) {
    valid = rules;
    validAt = clock.now();
    if (!failure.isEmpty()) {
      LOG.info("the rules in {} are valid again", file);
    }
    failure = "";
    Health health = Health.up();
    try {
      copy.keep(bytes);
    } catch (IOException e) {
      health = Health.degraded("rules_file: cannot keep a copy: " + FileReason.of(e, copy.file()));
    }
    return new Loaded(Optional.of(rules), Optional.empty(), health);
  }

  private Loaded lastValid(String text) {
    List<OnRule> rules = valid;
    Instant at = validAt;
    if (rules == null || at == null) {
      return new Loaded(Optional.empty(), Optional.of(text), Health.degraded(text));
    }
    String age = Duration.between(at, clock.now()).toMinutes() + " min ago";
    return new Loaded(
        Optional.of(rules),
        Optional.of(text),
        Health.degraded(text + "; the last valid rules, from " + age + ", stay in use"));
  }

  private void readCopy() {
    try {
      Optional<byte[]> bytes = copy.read();
      if (bytes.isPresent()) {
        valid = reader.parse(copy.file(), bytes.get());
        validAt = copy.writtenAt();
      }
    } catch (IOException | RulesReader.MistakesException e) {
      valid = null;
      LOG.warn("cannot use the saved copy of the rules, {}: {}", copy.file(), e.getMessage());
    }
  }
}
