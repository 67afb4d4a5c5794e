package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Creates the event to write for a report.
 *
 * @param event its effect on a life
 * @param concluded the evidence it was inferred from; null if it was reported
 */
record ReportOutput(
    Step step, Observation seen, Lives event, ReportRules.@Nullable Concluded concluded) {

  EventData.Builder stamped(EventData.Builder out, String key) {
    event.account().wireName().ifPresent(type -> out.put(Field.ACCOUNT_TYPE, type));
    out.put(Field.SESSION_KEY, key);
    if (concluded != null) {
      out.put(Field.INFERRED, true)
          .put(Field.EVIDENCE, concluded.evidence())
          .put(Field.TIME_AFTER, Inference.timeAfter(step, concluded.after(), seen.time()));
    }
    return out;
  }

  Observation observation(EventData.Builder out) {
    return new Observation(seen.live(), seen.time(), out.build(), seen.position(), seen.origin());
  }
}
