/**
 * Events of the System Event Notification Service, received through the COM+ event system. Start
 * with {@link io.sessionbridge.windows.com.SensNotifications}.
 *
 * <p>Windows calls a COM object that this package lays out in native memory: {@link
 * io.sessionbridge.windows.com.EventSink}. Pure classes decode the calls.
 */
@NullMarked
package io.sessionbridge.windows.com;

import org.jspecify.annotations.NullMarked;
