package io.sessionbridge.sessions;

import io.sessionbridge.event.EventData;
import java.time.Instant;

/**
 * A record of the system's own log that tells of something the agent may not have heard.
 *
 * @param time when it happened, by the log
 * @param data what happened: a kind, and the session and the user as far as the record tells. Kinds
 *     of sessions, and {@code host_suspend}, {@code host_resume} and {@code host_shutdown}
 * @param name which record, as it goes into {@code evidence}, for instance {@code winlogon_7002}
 */
public record Evidence(Instant time, EventData data, String name) {}
