/**
 * The known facts of a session: plain values without calls to Windows. A fact that Windows did not
 * report is empty.
 */
@NullMarked
package io.sessionbridge.windows.session.facts;

import org.jspecify.annotations.NullMarked;
