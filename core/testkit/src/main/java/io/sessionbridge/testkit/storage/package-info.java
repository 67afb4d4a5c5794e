/** A model of a disk that loses everything that was not forced. */
@NullMarked
package io.sessionbridge.testkit.storage;

import org.jspecify.annotations.NullMarked;
