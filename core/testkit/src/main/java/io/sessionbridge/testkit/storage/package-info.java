/** A disk that loses what was not forced. */
@NullMarked
package io.sessionbridge.testkit.storage;

import org.jspecify.annotations.NullMarked;
