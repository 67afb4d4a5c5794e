package io.sessionbridge.sessions;

import io.sessionbridge.event.Observation;

/**
 * What a source reported, completed with what is known of its host.
 *
 * @param sourceId the source that brought it, which need not be the one that its data names
 * @param sourceType that source's type, for instance {@code wts}, {@code scm}, {@code sens}
 * @param observation with its {@code host_id}; the position of its source, if any, stays with it
 */
public record Report(String sourceId, String sourceType, Observation observation) {}
