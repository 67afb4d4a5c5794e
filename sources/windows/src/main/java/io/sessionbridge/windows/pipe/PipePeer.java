package io.sessionbridge.windows.pipe;

/**
 * The client of a pipe, according to its token.
 *
 * @param sid the account's SID
 * @param administrator whether it is LocalSystem, the server's own account, or has the
 *     administrators group enabled: with UAC, only in a program that was started as administrator
 * @param sessionId the session of the token
 */
public record PipePeer(String sid, boolean administrator, long sessionId) {}
