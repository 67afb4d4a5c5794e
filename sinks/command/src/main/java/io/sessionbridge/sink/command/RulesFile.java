package io.sessionbridge.sink.command;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.config.Problems;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.storage.FileReason;
import io.sessionbridge.storage.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules in a file, perhaps on a share. It is read when an event comes, at most every few seconds.
 * While it cannot be read, is wrong, or may be changed by others than administrators, the rules
 * that were good last stay; a copy of them survives a restart of the agent.
 */
final class RulesFile implements Rules {

  private static final Logger LOG = LoggerFactory.getLogger(RulesFile.class);

  /** For a burst of events the share is asked once. */
  static final Duration CACHE = Duration.ofSeconds(5);

  private final Path file;
  private final Path copy;
  private final Clock clock;
  private final Writers writers;
  private final Set<String> hidden;
  private @Nullable List<OnRule> known;
  private @Nullable Instant goodAt;
  private long askedAt;
  private boolean asked;
  private String trouble = "";
  private volatile Health health = Health.degraded("rules_file: not read yet");

  /** Who may write files. */
  interface Writers {
    /** Who else than administrators may change a file or a folder above it; empty: nobody. */
    Optional<String> others(Path file) throws IOException;
  }

  /**
   * Reads nothing yet.
   *
   * @param hidden whose names the sink does not get as they are
   */
  RulesFile(Path file, Path dataFolder, Clock clock, Writers writers, Set<String> hidden) {
    this.file = file;
    this.copy = dataFolder.resolve("rules.yaml");
    this.clock = clock;
    this.writers = writers;
    this.hidden = Set.copyOf(hidden);
  }

  static RulesFile of(Path file, SinkContext context) {
    return new RulesFile(
        file, context.dataFolder(), context.clock(), FileWriters.ofThisSystem(), context.hidden());
  }

  @Override
  public List<OnRule> now() throws DeliveryException {
    long nanos = clock.nanoTime();
    List<OnRule> rules = known;
    if (rules == null || !asked || nanos - askedAt >= CACHE.toNanos()) {
      askedAt = nanos;
      asked = true;
      rules = ask();
    }
    return rules;
  }

  private List<OnRule> ask() throws DeliveryException {
    try {
      byte[] bytes = load();
      List<OnRule> rules = parse(file.toString(), bytes);
      keep(bytes, rules);
      return rules;
    } catch (DeliveryException e) {
      return lastGood(e);
    }
  }

  /** The rules of the file itself; changes nothing. */
  List<OnRule> read() throws DeliveryException {
    return parse(file.toString(), load());
  }

  private byte[] load() throws DeliveryException {
    try {
      refuseOthers();
      byte[] bytes = WholeFile.read(file, RulesText.LARGEST);
      refuseOthers(); // who could write it a moment ago
      return bytes;
    } catch (IOException e) {
      throw new DeliveryException(
          "rules_file: " + file + " cannot be read: " + FileReason.of(e, file), e);
    }
  }

  private void refuseOthers() throws IOException, DeliveryException {
    Optional<String> others = writers.others(file);
    if (others.isPresent()) {
      throw new DeliveryException(
          "rules_file: refused, "
              + others.get()
              + "; who can do that runs programs with the agent's rights");
    }
  }

  private List<OnRule> parse(String name, byte[] bytes) throws DeliveryException {
    Problems problems = new Problems();
    Optional<List<OnRule>> rules = RulesText.read(name, bytes, problems);
    if (rules.isEmpty()) {
      LOG.warn("rules_file has mistakes:\n{}", problems);
      throw new DeliveryException("rules_file: " + problems.toString().replace("\n", "; "));
    }
    for (OnRule rule : rules.get()) {
      Optional<String> needs = rule.needs(hidden);
      if (needs.isPresent()) {
        throw new DeliveryException(
            "rules_file: "
                + rule.program().path()
                + ": "
                + needs.get()
                + ", which privacy keeps from this sink");
      }
    }
    return rules.get();
  }

  private void keep(byte[] bytes, List<OnRule> rules) {
    known = rules;
    goodAt = clock.now();
    if (!trouble.isEmpty()) {
      LOG.info("the rules of {} are good again", file);
    }
    trouble = "";
    health = Health.up();
    try {
      Path part = Files.write(copy.resolveSibling("rules.yaml.new"), bytes);
      Files.move(part, copy, StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(copy, java.nio.file.attribute.FileTime.from(clock.now()));
    } catch (IOException e) {
      health = Health.degraded("rules_file: no copy can be kept: " + FileReason.of(e, copy));
    }
  }

  /** The rules from before, in memory or in the copy. */
  private List<OnRule> lastGood(DeliveryException why) throws DeliveryException {
    String text = String.valueOf(why.getMessage());
    List<OnRule> rules = known;
    if (rules == null) {
      rules = readCopy(why);
      known = rules;
    }
    Instant good = goodAt;
    String age =
        good == null ? "" : " of " + Duration.between(good, clock.now()).toMinutes() + " min ago";
    if (!text.equals(trouble)) {
      LOG.warn("{}; the last good rules{} stay", text, age);
      trouble = text;
    }
    health = Health.degraded(text + "; the last good rules" + age + " stay");
    return rules;
  }

  private List<OnRule> readCopy(DeliveryException why) throws DeliveryException {
    try {
      goodAt = Files.getLastModifiedTime(copy).toInstant();
      return parse(copy.toString(), WholeFile.read(copy, RulesText.LARGEST));
    } catch (IOException | DeliveryException e) {
      goodAt = null;
      health = Health.degraded(String.valueOf(why.getMessage()));
      throw why; // there never was a copy, or the disk lost it: what is to be mended is the file
    }
  }

  @Override
  public Health check() {
    return health;
  }
}
