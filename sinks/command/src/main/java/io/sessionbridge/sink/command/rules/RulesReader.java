package io.sessionbridge.sink.command.rules;

import io.sessionbridge.config.Problems;
import io.sessionbridge.sink.command.config.OnRule;
import io.sessionbridge.sink.command.writers.FileReader;
import io.sessionbridge.sink.command.writers.FileWriters;
import io.sessionbridge.sink.command.writers.RefusedException;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.storage.FileReason;
import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the rules of a file. Waits for the share, however long that takes. */
record RulesReader(Path file, FileReader reader, RuleCheck check) {

  /** Rules with mistakes. */
  static final class MistakesException extends Exception {
    private static final long serialVersionUID = 1L;

    /** One line for each mistake. */
    private final String mistakes;

    MistakesException(Problems problems) {
      super(UntrustedText.message("rules_file: " + problems.toString().replace("\n", "; ")));
      this.mistakes = problems.toString();
    }

    String mistakes() {
      return mistakes;
    }
  }

  /** The content of the file. */
  byte[] load() throws DeliveryException {
    try {
      return reader.read(file, RulesText.MAX_BYTES);
    } catch (RefusedException e) {
      throw new DeliveryException("rules_file: refused, " + e.getMessage() + FileWriters.WHY, e);
    } catch (IOException e) {
      throw new DeliveryException(
          "rules_file: " + file + " cannot be read: " + FileReason.of(e, file), e);
    }
  }

  /** The rules in the content of a file. */
  List<OnRule> parse(Path from, byte[] bytes) throws MistakesException {
    Problems problems = new Problems();
    Optional<List<OnRule>> rules = RulesText.read(from.toString(), bytes, check, problems);
    if (rules.isEmpty()) {
      throw new MistakesException(problems);
    }
    return rules.get();
  }

  /** The rules of the file. */
  List<OnRule> read() throws DeliveryException {
    try {
      return parse(file, load());
    } catch (MistakesException e) {
      throw new DeliveryException(String.valueOf(e.getMessage()), e);
    }
  }
}
