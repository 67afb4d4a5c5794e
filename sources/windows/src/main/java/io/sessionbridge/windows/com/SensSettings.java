package io.sessionbridge.windows.com;

/**
 * How to subscribe.
 *
 * @param owner names the subscriber, the same at every start and no other's on the machine; whoever
 *     starts with the same name takes the subscriptions over
 * @param perUser whether to hear only while the user who runs the program is logged on; needs no
 *     administrator
 * @param invokeOnly whether to make Windows call in its slower way, to find out what is wrong
 */
public record SensSettings(String owner, boolean perUser, boolean invokeOnly) {}
