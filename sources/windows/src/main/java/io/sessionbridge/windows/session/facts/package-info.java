/**
 * What is known of a session: plain values without a call to Windows. A fact that Windows did not
 * give is empty.
 */
@NullMarked
package io.sessionbridge.windows.session.facts;

import org.jspecify.annotations.NullMarked;
