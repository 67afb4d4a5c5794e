package io.sessionbridge.sessions;

import io.sessionbridge.event.EventData;
import java.time.Instant;

/**
 * A record in the system's log of something that the agent may have missed.
 *
 * @param time when it happened, according to the log
 * @param data what happened: a kind, and the session and the user if the record has them. Kinds of
 *     sessions, and {@code host_suspend}, {@code host_resume} and {@code host_shutdown}
 * @param name the record's name for {@code evidence}, for instance {@code winlogon_7002}
 */
public record Evidence(Instant time, EventData data, String name) {}
