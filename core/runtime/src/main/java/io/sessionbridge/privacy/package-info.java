/**
 * The privacy settings of sinks: replaces names of persons and machines with pseudonyms, or removes
 * them.
 */
@NullMarked
package io.sessionbridge.privacy;

import org.jspecify.annotations.NullMarked;
