package io.sessionbridge.sink.syslog;

import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.text.UntrustedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the receiver said of each message of a batch, in whatever order it came.
 *
 * <p>An answer that is not 200 means one of two things. Either this message will never be taken:
 * then others, behind it, are. Or the receiver is in trouble: then it refuses those behind it too,
 * or says that it is full or busy. Only the first makes a dead letter.
 */
final class Answers {

  /** So many refusals in a row are no longer about the messages. */
  private static final int TROUBLE = 64;

  private static final List<String> TEMPORARY =
      List.of("full", "busy", "later", "temporar", "unavailable", "retry", "overload", "shutting");

  private final @Nullable String[] refusals;
  private final boolean[] answered;
  private int count;
  private int refusedInARow;
  private int lastTaken = -1;
  private @Nullable String trouble;

  Answers(int messages) {
    refusals = new @Nullable String[messages];
    answered = new boolean[messages];
  }

  /** How many messages have an answer. */
  int count() {
    return count;
  }

  /** Whether it makes no sense to send more. */
  boolean isInTrouble() {
    return trouble != null;
  }

  /** A second answer to a message changes nothing. */
  void add(int index, RelpFrame answer) {
    if (answered[index]) {
      return;
    }
    answered[index] = true;
    count++;
    if (answer.isOk()) {
      refusedInARow = 0;
      lastTaken = Math.max(lastTaken, index);
      return;
    }
    String said = UntrustedText.part(answer.text()).strip();
    refusals[index] = said;
    refusedInARow++;
    if (isTemporary(said) || refusedInARow == TROUBLE) {
      trouble = said;
    }
  }

  private static boolean isTemporary(String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    return TEMPORARY.stream().anyMatch(lower::contains);
  }

  /**
   * The fate of the batch.
   *
   * @param broken why no more answers come; empty if they need not
   */
  Sent fate(HostPort server, Optional<String> broken) {
    List<Sent.Refused> refused = new ArrayList<>();
    int settled = 0;
    String refusal = null;
    while (settled < answered.length && answered[settled]) {
      refusal = refusals[settled];
      if (refusal != null) {
        if (isTemporary(refusal) || settled > lastTaken) {
          break;
        }
        refused.add(new Sent.Refused(settled, "the receiver refuses it: " + refusal));
        refusal = null;
      }
      settled++;
    }
    if (settled == answered.length) {
      return new Sent(settled, refused, Optional.empty(), false);
    }
    String because = refusal == null ? trouble : refusal;
    String failure =
        because == null
            ? broken.orElse("lost " + server)
            : server + " refuses messages for now: " + because;
    return new Sent(settled, refused, Optional.of(failure), because == null);
  }
}
