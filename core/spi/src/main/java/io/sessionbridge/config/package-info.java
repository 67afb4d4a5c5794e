/**
 * Reading a configuration so that the reader hears of every mistake at once, each with its line. A
 * plug-in declares its keys in a {@link io.sessionbridge.config.ConfigSpec}; the same declarations
 * parse the file, answer {@code sessionbridge plugins TYPE} and fill the tables of the
 * documentation.
 */
@NullMarked
package io.sessionbridge.config;

import org.jspecify.annotations.NullMarked;
