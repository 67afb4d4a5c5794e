/** The ownership of the core's threads, and the reaction to one that a defect ends. */
@NullMarked
package io.sessionbridge.supervision;

import org.jspecify.annotations.NullMarked;
