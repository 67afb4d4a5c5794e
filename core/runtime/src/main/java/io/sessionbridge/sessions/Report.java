package io.sessionbridge.sessions;

import io.sessionbridge.event.Observation;

/**
 * A source's report, completed with the facts about its host.
 *
 * @param sourceId the source that delivered it, which may differ from the one in its data
 * @param sourceType that source's type, for instance {@code wts}, {@code scm}, {@code sens}
 * @param observation with its {@code host_id}, and the position of its source if it has one
 */
public record Report(String sourceId, String sourceType, Observation observation) {}
