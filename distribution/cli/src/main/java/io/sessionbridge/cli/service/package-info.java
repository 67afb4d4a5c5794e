/** The agent as a service of Windows or of systemd. */
@NullMarked
package io.sessionbridge.cli.service;

import org.jspecify.annotations.NullMarked;
