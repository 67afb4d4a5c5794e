/** The demonstration: an agent, receivers, and a report of what arrived. */
@NullMarked
package io.sessionbridge.cli.demo;

import org.jspecify.annotations.NullMarked;
