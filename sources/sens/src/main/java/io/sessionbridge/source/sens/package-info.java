/** Events of the System Event Notification Service of Windows. */
@NullMarked
package io.sessionbridge.source.sens;

import org.jspecify.annotations.NullMarked;
