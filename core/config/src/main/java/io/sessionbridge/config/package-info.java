/**
 * Reads the configuration file: every key is declared once, with its type, range, default and
 * meaning, and documentation and parser both follow that declaration. Every value keeps its line,
 * so that all problems of a file are told in one go, each where it can be mended.
 */
@NullMarked
package io.sessionbridge.config;

import org.jspecify.annotations.NullMarked;
