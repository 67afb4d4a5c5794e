package io.sessionbridge.sink.syslog;

import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.text.UntrustedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receiver's answers to the messages of a batch, in any order.
 *
 * <p>An answer other than 200 means one of two things. Either this message will never be accepted,
 * and later ones are. Or the receiver accepts nothing for now: it also refuses later ones, or
 * answers that it is full or busy. Only the former makes a dead letter.
 */
final class Answers {

  /** This many consecutive refusals are not caused by the messages. */
  private static final int MOST_REFUSED_IN_A_ROW = 64;

  private static final List<String> TEMPORARY =
      List.of("full", "busy", "later", "temporar", "unavailable", "retry", "overload", "shutting");

  private final @Nullable String[] refusals;
  private final boolean[] answered;
  private int count;
  private int refusedInARow;
  private int lastAccepted = -1;
  private @Nullable String stopReason;

  Answers(int messages) {
    refusals = new @Nullable String[messages];
    answered = new boolean[messages];
  }

  /** The number of answered messages. */
  int count() {
    return count;
  }

  /** Whether to stop sending, because the receiver accepts nothing for now. */
  boolean isStopped() {
    return stopReason != null;
  }

  /** Records an answer; ignores a second answer to the same message. */
  void add(int index, RelpFrame answer) {
    if (answered[index]) {
      return;
    }
    answered[index] = true;
    count++;
    if (answer.isOk()) {
      refusedInARow = 0;
      lastAccepted = Math.max(lastAccepted, index);
      return;
    }
    String text = UntrustedText.part(answer.text()).strip();
    refusals[index] = text;
    refusedInARow++;
    if (isTemporary(text) || refusedInARow == MOST_REFUSED_IN_A_ROW) {
      stopReason = text;
    }
  }

  private static boolean isTemporary(String answer) {
    String lower = answer.toLowerCase(Locale.ROOT);
    return TEMPORARY.stream().anyMatch(lower::contains);
  }

  /**
   * The result of the batch.
   *
   * @param broken why no more answers will arrive; empty if all have arrived or sending stopped
   */
  SendResult result(HostPort server, Optional<String> broken) {
    List<SendResult.Refused> refused = new ArrayList<>();
    int settled = 0;
    String refusal = null;
    while (settled < answered.length && answered[settled]) {
      refusal = refusals[settled];
      if (refusal != null) {
        if (isTemporary(refusal) || settled > lastAccepted) {
          break;
        }
        refused.add(new SendResult.Refused(settled, "the receiver refuses it: " + refusal));
        refusal = null;
      }
      settled++;
    }
    if (settled == answered.length) {
      return new SendResult(settled, refused, Optional.empty(), false);
    }
    String because = refusal == null ? stopReason : refusal;
    String failure =
        because == null
            ? broken.orElse("lost the connection to " + server)
            : server + " refuses messages for now: " + because;
    return new SendResult(settled, refused, Optional.of(failure), because == null);
  }
}
