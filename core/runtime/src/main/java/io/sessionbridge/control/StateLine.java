package io.sessionbridge.control;

import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.spi.ControlPeer;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.HostUse;
import io.sessionbridge.spi.LifeState;
import io.sessionbridge.spi.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The state of the host as one line; ordinary users get only their own sessions. */
final class StateLine {

  private StateLine() {}

  static JsonLine of(AgentAnswers agent, ControlPeer peer) {
    boolean judged = agent.isJudged();
    HostState state = agent.state();
    HostUse use = agent.use();
    HostActivity.State word =
        state.activity().map(HostActivity::state).orElse(HostActivity.State.UNKNOWN);
    JsonLine.Builder line =
        JsonLine.builder()
            .put("time", Rfc3339.format(state.time()))
            .put("activity", word.wireName());
    state
        .activity()
        .ifPresent(
            activity ->
                line.put("since", Rfc3339.format(activity.since()))
                    .put(
                        "seconds",
                        Math.max(0, Duration.between(activity.since(), state.time()).toSeconds()))
                    .put("basis", activity.basis()));
    if (state.activity().isPresent() && !judged) {
      line.put("judged", false);
    }
    line.put("locked", use.locked()).put("nobody", use.nobody());
    reason(agent, state, use, judged).ifPresent(reason -> line.put("reason", reason));
    List<SessionState> all = state.sessions();
    List<JsonLine> shown =
        all.stream()
            .filter(session -> peer.administrator() || peer.owns(session))
            .map(StateLine::session)
            .toList();
    return line.put("session_count", (long) all.size()).put("sessions", shown).build();
  }

  /** Why something is unknown. */
  private static Optional<String> reason(
      AgentAnswers agent, HostState state, HostUse use, boolean judged) {
    if (use.nobody().isEmpty() || state.activity().isPresent() && !judged) {
      return Optional.of(
          agent.listsSessions()
              ? "the agent has not compared the sessions yet; this takes up to a minute after its"
                  + " start"
              : "no source on this machine lists the sessions; Linux has no such source");
    }
    if (state.activity().isEmpty()) {
      return Optional.of("the agent has not judged the activity yet");
    }
    if (state.activity().get().state() == HostActivity.State.UNKNOWN) {
      return Optional.of("a session is or may be in use, and no source reports user presence");
    }
    return use.locked().isEmpty()
        ? Optional.of("it is not known whether a session is locked")
        : Optional.empty();
  }

  private static JsonLine session(SessionState session) {
    return JsonLine.builder()
        .put("session_id", session.sessionId())
        .put("session_key", session.sessionKey())
        .put("user_name", session.userName())
        .put("user_domain", session.userDomain())
        .put("state", session.state().map(LifeState::wireName))
        .put("since", session.since().map(Rfc3339::format))
        .put("locked", session.locked())
        .put("connected", session.connected())
        .put("last_kind", session.lastKind().wireName())
        .put("last_time", Rfc3339.format(session.lastTime()))
        .build();
  }
}
