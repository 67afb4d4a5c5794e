package io.sessionbridge.windows.access;

/**
 * A file or folder itself, without following links.
 *
 * @param link whether it is a reparse point: a symbolic link, junction or mount point
 * @param names the number of hard links; 1 if there is no other
 */
record FileFacts(boolean folder, boolean link, int names, SecurityDescriptor security) {}
