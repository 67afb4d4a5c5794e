package io.sessionbridge.windows.com;

/**
 * Settings of a subscription.
 *
 * @param owner identifies the subscriber; the same at every start, and unique on the machine. A
 *     program that starts with the same name takes over the subscriptions
 * @param perUser whether to receive events only while the program's own user is logged on; needs no
 *     administrator rights
 * @param invokeOnly whether Windows must call {@code IDispatch.Invoke}, for diagnosis
 */
public record SensSettings(String owner, boolean perUser, boolean invokeOnly) {}
