/**
 * Reads the configuration file. Every key is declared once, with its type, range, default and
 * meaning; parser and documentation are derived from that declaration. Every value keeps its line,
 * so that all problems of a file are reported in one run, each with its place.
 */
@NullMarked
package io.sessionbridge.config;

import org.jspecify.annotations.NullMarked;
