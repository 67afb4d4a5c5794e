package io.sessionbridge.windows;

/**
 * A session change: the two numbers of a window message {@code WM_WTSSESSION_CHANGE} and of a
 * service control {@code SERVICE_CONTROL_SESSIONCHANGE}.
 *
 * @param code the kind of change; see {@link SessionCode}, which does not list every code
 * @param sessionId the session's number, 0 to 4294967295; reused after the session ends
 */
public record SessionChange(int code, long sessionId) {}
