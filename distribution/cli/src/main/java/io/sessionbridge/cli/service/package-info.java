/** The agent as a Windows or systemd service. */
@NullMarked
package io.sessionbridge.cli.service;

import org.jspecify.annotations.NullMarked;
