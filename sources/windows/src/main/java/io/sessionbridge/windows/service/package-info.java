/**
 * Runs a Java program as a Windows service: {@link io.sessionbridge.windows.service.ServiceHost}
 * runs it, {@link io.sessionbridge.windows.service.ServiceManager} installs it. No wrapper is
 * needed; the common ones do not forward session changes.
 *
 * <p>One class calls Windows for each of the two; the others are pure.
 */
@NullMarked
package io.sessionbridge.windows.service;

import org.jspecify.annotations.NullMarked;
