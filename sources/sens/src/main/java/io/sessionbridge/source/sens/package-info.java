/** What the System Event Notification Service of Windows tells. */
@NullMarked
package io.sessionbridge.source.sens;

import org.jspecify.annotations.NullMarked;
