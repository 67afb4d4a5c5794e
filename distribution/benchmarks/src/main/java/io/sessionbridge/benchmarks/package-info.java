/**
 * Programs that measure the agent and print figures; nothing here is asserted and nothing of it is
 * shipped. {@link io.sessionbridge.benchmarks.Benchmarks} knows them all; the module's page says
 * what each figure means.
 */
@NullMarked
package io.sessionbridge.benchmarks;

import org.jspecify.annotations.NullMarked;
