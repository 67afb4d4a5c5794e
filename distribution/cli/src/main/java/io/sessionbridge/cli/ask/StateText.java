package io.sessionbridge.cli.ask;

import io.sessionbridge.control.JsonLine;
import io.sessionbridge.text.UntrustedText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Formats a state of the agent as text. */
final class StateText {

  private StateText() {}

  /** For instance {@code idle for 12 min (nobody)}. */
  static String of(JsonLine state) {
    String word = state.text("activity").map(UntrustedText::part).orElse("unknown");
    StringBuilder text = new StringBuilder(word);
    if (!word.equals("unknown")) {
      state.number("seconds").ifPresent(seconds -> text.append(" for ").append(span(seconds)));
      state.text("basis").ifPresent(basis -> text.append(" (").append(basis(basis)).append(')'));
    }
    List<String> more = new ArrayList<>();
    if (state.flag("nobody").equals(Optional.of(true))) {
      more.add("no user is logged on");
    } else if (state.flag("locked").equals(Optional.of(true))) {
      more.add("every user's session is locked or disconnected");
    }
    state.text("reason").map(UntrustedText::part).ifPresent(more::add);
    more.forEach(sentence -> text.append("; ").append(sentence));
    return text.toString();
  }

  private static String basis(String basis) {
    return UntrustedText.part(basis).replace('_', ' ');
  }

  /** Why something is unknown. */
  static String reason(JsonLine state) {
    return state.text("reason").map(UntrustedText::part).orElse("the agent gives no reason");
  }

  /** For instance {@code 12 min}; seconds up to two minutes, minutes up to two hours. */
  static String span(long seconds) {
    Duration time = Duration.ofSeconds(seconds);
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return time.toMinutes() + " min";
    }
    return time.toHours() < 48 ? time.toHours() + " h" : time.toDays() + " days";
  }
}
