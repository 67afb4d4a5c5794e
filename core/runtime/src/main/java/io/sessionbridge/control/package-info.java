/**
 * The control channel for programs of the same machine: the state of the host, the status of the
 * agent, and its events as they become durable. Clients send lines of JSON over a {@link
 * io.sessionbridge.spi.ControlTransport}. The channel is read-only: it changes nothing and runs
 * nothing.
 */
@NullMarked
package io.sessionbridge.control;

import org.jspecify.annotations.NullMarked;
