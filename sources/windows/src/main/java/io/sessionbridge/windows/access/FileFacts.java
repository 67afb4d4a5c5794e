package io.sessionbridge.windows.access;

/**
 * A file or folder, itself and not what it may lead to.
 *
 * @param link whether it is a reparse point: a symbolic link, a junction, a mount point
 * @param names by how many names the same file goes; 1 of what has no hard link
 */
record FileFacts(boolean folder, boolean link, int names, SecurityDescriptor security) {}
