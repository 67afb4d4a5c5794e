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
 * Reads the file with the rules, and falls back to the rules that were good last. Waits for the
 * share, however long that takes. One thread.
 */
final class RulesLook {

  private static final Logger LOG = LoggerFactory.getLogger(RulesLook.class);

  private final Path file;
  private final RulesCopy copy;
  private final RulesReader reader;
  private final Clock clock;
  private boolean hasReadCopy;
  private @Nullable List<OnRule> good;
  private @Nullable Instant goodAt;
  private String trouble = "";

  /**
   * What a look found.
   *
   * @param rules to be used; empty if there are none and never were
   * @param trouble why the file's own rules are not used; empty if they are
   */
  record Found(Optional<List<OnRule>> rules, Optional<String> trouble, Health health) {}

  /** Reads nothing yet. */
  RulesLook(Path file, RulesCopy copy, FileReader reader, RuleJudge judge, Clock clock) {
    this.file = file;
    this.copy = copy;
    this.reader = new RulesReader(file, reader, judge);
    this.clock = clock;
  }

  /**
   * Looks.
   *
   * @param early is told what there is without the file, before the first time that the file is
   *     asked for
   */
  Found look(Consumer<Found> early) {
    if (!hasReadCopy) {
      hasReadCopy = true;
      readCopy();
      early.accept(lastGood("rules_file: " + file + " was not read yet"));
    }
    try {
      byte[] bytes = reader.load();
      return keep(bytes, reader.parse(file, bytes));
    } catch (DeliveryException e) {
      return failed(String.valueOf(e.getMessage()), "");
    } catch (RulesReader.MistakesException e) {
      String all = ", all of its mistakes:\n" + e.mistakes(); // the message may be cut
      return failed(String.valueOf(e.getMessage()), all);
    }
  }

  private Found failed(String text, String mistakes) {
    Found found = lastGood(text);
    if (!(text + mistakes).equals(trouble)) {
      trouble = text + mistakes;
      LOG.warn("{}{}", found.health().detail(), mistakes);
    }
    return found;
  }

  private Found keep(byte[] bytes, List<OnRule> rules) {
    good = rules;
    goodAt = clock.now();
    if (!trouble.isEmpty()) {
      LOG.info("the rules of {} are good again", file);
    }
    trouble = "";
    Health health = Health.up();
    try {
      copy.keep(bytes);
    } catch (IOException e) {
      health = Health.degraded("rules_file: no copy can be kept: " + FileReason.of(e, copy.file()));
    }
    return new Found(Optional.of(rules), Optional.empty(), health);
  }

  private Found lastGood(String text) {
    List<OnRule> rules = good;
    Instant at = goodAt;
    if (rules == null || at == null) {
      return new Found(Optional.empty(), Optional.of(text), Health.degraded(text));
    }
    String age = Duration.between(at, clock.now()).toMinutes() + " min ago";
    return new Found(
        Optional.of(rules),
        Optional.of(text),
        Health.degraded(text + "; the last good rules of " + age + " stay"));
  }

  private void readCopy() {
    try {
      Optional<byte[]> bytes = copy.read();
      if (bytes.isPresent()) {
        good = reader.parse(copy.file(), bytes.get());
        goodAt = copy.writtenAt();
      }
    } catch (IOException | RulesReader.MistakesException e) {
      good = null;
      LOG.warn("the copy of the rules in {} cannot be used: {}", copy.file(), e.getMessage());
    }
  }
}
