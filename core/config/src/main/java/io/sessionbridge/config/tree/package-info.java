/**
 * A configuration file as a tree of values that know their lines, and the reading of YAML into it.
 */
@NullMarked
package io.sessionbridge.config.tree;

import org.jspecify.annotations.NullMarked;
