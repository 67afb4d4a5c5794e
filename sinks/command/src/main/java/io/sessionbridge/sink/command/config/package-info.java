/**
 * The keys of the sink and the values that they give. Holds no behavior beyond reading and checking
 * them.
 */
@NullMarked
package io.sessionbridge.sink.command.config;

import org.jspecify.annotations.NullMarked;
