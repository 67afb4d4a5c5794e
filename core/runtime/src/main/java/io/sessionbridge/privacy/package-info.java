/**
 * What a sink may know of persons and machines: the data that becomes pseudonyms or is left out.
 */
@NullMarked
package io.sessionbridge.privacy;

import org.jspecify.annotations.NullMarked;
