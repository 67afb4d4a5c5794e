package io.sessionbridge.windows.service;

import java.nio.file.Path;

/**
 * By what the event viewer shows the entries of a service.
 *
 * @param file a DLL with the texts of the entries and the names of the categories. The event log
 *     keeps it open: other texts need another name
 * @param categories how many there are, from 1 on
 */
public record EventMessages(Path file, int categories) {}
