/**
 * The way in for programs of the same machine: what the host does now, how the agent is, and its
 * events as they pass. Asked by lines of JSON over a {@link io.sessionbridge.spi.ControlTransport};
 * nothing can be changed from there, and nothing that a client says is run.
 */
@NullMarked
package io.sessionbridge.control;

import org.jspecify.annotations.NullMarked;
