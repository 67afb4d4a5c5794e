/** Commands that report which personal data goes where, and find pseudonyms. */
@NullMarked
package io.sessionbridge.cli.privacy;

import org.jspecify.annotations.NullMarked;
