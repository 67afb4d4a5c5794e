/** Makes what packages hold beside the bundle; not shipped. */
@NullMarked
package io.sessionbridge.packages;

import org.jspecify.annotations.NullMarked;
