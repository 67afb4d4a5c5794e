/**
 * What the System Event Notification Service tells through the COM+ event system. Start with {@link
 * io.sessionbridge.windows.com.SensNotifications}.
 *
 * <p>Windows calls a COM object that this package lays out in native memory: {@link
 * io.sessionbridge.windows.com.EventSink}. What the bytes of a call mean is decided by classes that
 * need no Windows.
 */
@NullMarked
package io.sessionbridge.windows.com;

import org.jspecify.annotations.NullMarked;
