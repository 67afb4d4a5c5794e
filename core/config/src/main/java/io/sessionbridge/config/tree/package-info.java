/** A configuration file as a tree of values with line numbers, and its YAML parser. */
@NullMarked
package io.sessionbridge.config.tree;

import org.jspecify.annotations.NullMarked;
