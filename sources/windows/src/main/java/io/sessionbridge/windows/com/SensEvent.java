package io.sessionbridge.windows.com;

import java.util.OptionalLong;

/**
 * What SENS said.
 *
 * @param method what happened
 * @param user as Windows wrote it, normally {@code DOMAIN\name}; empty if it named nobody
 * @param sessionId empty for what {@code ISensLogon} tells, which knows no sessions
 */
public record SensEvent(SensMethod method, String user, OptionalLong sessionId) {}
