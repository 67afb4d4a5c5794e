/** The kernel driver: install, status, uninstall. */
@NullMarked
package io.sessionbridge.cli.driver;

import org.jspecify.annotations.NullMarked;
