/**
 * What Windows reports about sleep, the power supply, the display and the user's presence, and the
 * registrations for it. A window and a service receive the same broadcasts.
 */
@NullMarked
package io.sessionbridge.windows.power;

import org.jspecify.annotations.NullMarked;
