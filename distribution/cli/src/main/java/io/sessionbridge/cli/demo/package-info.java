/** The demo: an agent, receivers, and a report of the arrivals. */
@NullMarked
package io.sessionbridge.cli.demo;

import org.jspecify.annotations.NullMarked;
