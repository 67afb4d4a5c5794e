package io.sessionbridge.windows.session;

import io.sessionbridge.windows.session.facts.SessionFacts;
import java.util.Optional;

/**
 * A session that is said to have changed.
 *
 * @param confirmed whether Windows, asked afterwards, is in the state that the change leads to;
 *     empty if it does not tell. False also of a change that was undone at once.
 */
public record ChangedSession(SessionFacts facts, Optional<Boolean> confirmed) {}
