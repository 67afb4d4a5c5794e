/**
 * Case-insensitive patterns for users and hosts in a configuration; {@code *} stands for any text.
 */
@NullMarked
package io.sessionbridge.pattern;

import org.jspecify.annotations.NullMarked;
