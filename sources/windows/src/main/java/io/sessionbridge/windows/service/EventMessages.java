package io.sessionbridge.windows.service;

import java.nio.file.Path;

/**
 * The texts with which the event viewer shows a service's entries.
 *
 * @param file a DLL with the entry texts and the category names. The event log keeps it open, so
 *     different texts need a different file name
 * @param categories the number of categories, numbered from 1
 */
public record EventMessages(Path file, int categories) {}
