package io.sessionbridge.windows.pipe;

/**
 * Who opened a pipe, by the client's token.
 *
 * @param sid of the account
 * @param administrator whether it is LocalSystem, the server's own account, or has the enabled
 *     group of administrators: with UAC, only a program that was started as administrator has
 * @param sessionId the session of the token
 */
public record PipePeer(String sid, boolean administrator, long sessionId) {}
