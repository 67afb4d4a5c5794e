package io.sessionbridge.windows.session;

import io.sessionbridge.windows.session.facts.SessionFacts;
import java.util.Optional;

/**
 * A session that was reported as changed.
 *
 * @param confirmed whether Windows, queried afterwards, is in the state that the change leads to;
 *     empty if Windows does not report it. Also false if the change was undone at once
 */
public record ChangedSession(SessionFacts facts, Optional<Boolean> confirmed) {}
