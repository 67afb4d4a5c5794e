package io.sessionbridge.sink.command.config;

import java.time.Duration;

/**
 * Runs a program while something is true of the host, and only then.
 *
 * @param word what
 * @param program which
 * @param onReturn what becomes of it when the condition ends
 * @param grace between asking and killing
 * @param restart whether it is started again after it ended by itself
 * @param restartDelay before that; doubled each time
 */
public record WhileRule(
    HostWord word,
    Program program,
    OnReturn onReturn,
    Duration grace,
    Restart restart,
    Duration restartDelay) {}
