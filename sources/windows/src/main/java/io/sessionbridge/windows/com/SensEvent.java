package io.sessionbridge.windows.com;

import java.util.OptionalLong;

/**
 * An event that SENS reported.
 *
 * @param method the kind of event
 * @param user as Windows wrote it, normally {@code DOMAIN\name}; empty if there is none
 * @param sessionId empty for events of {@code ISensLogon}, which has no sessions
 */
public record SensEvent(SensMethod method, String user, OptionalLong sessionId) {}
