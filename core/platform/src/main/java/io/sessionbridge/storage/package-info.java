/** Access to the disk for the journal and the file sink. */
@NullMarked
package io.sessionbridge.storage;

import org.jspecify.annotations.NullMarked;
