package io.sessionbridge.windows;

/**
 * What Windows said of a session: the same two numbers in a window message {@code
 * WM_WTSSESSION_CHANGE} and in a service control {@code SERVICE_CONTROL_SESSIONCHANGE}.
 *
 * @param code what happened; see {@link SessionCode}, which does not know all that Windows sends
 * @param sessionId the session's number, 0 to 4294967295; used again after the session's end
 */
public record SessionChange(int code, long sessionId) {}
