/**
 * Notifications about sleep, power source, display and user presence, and the registrations for
 * them. A window and a service receive the same broadcasts.
 */
@NullMarked
package io.sessionbridge.windows.power;

import org.jspecify.annotations.NullMarked;
