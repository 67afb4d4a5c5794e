package io.sessionbridge.sink.command.config;

import java.time.Duration;

/**
 * Runs a program while a condition of the host holds, and only then.
 *
 * @param condition of the host
 * @param program which
 * @param onReturn what happens to it when the condition ends
 * @param grace between the request to end and the kill
 * @param restart whether it is started again after it ended by itself
 * @param restartDelay before a restart; doubled each time
 */
public record WhileRule(
    WhileCondition condition,
    Program program,
    OnReturn onReturn,
    Duration grace,
    Restart restart,
    Duration restartDelay) {}
