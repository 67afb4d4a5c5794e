/** The one seam to the disk: what the journal and the file sink need of it, and no more. */
@NullMarked
package io.sessionbridge.storage;

import org.jspecify.annotations.NullMarked;
