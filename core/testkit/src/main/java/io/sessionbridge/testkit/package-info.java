/**
 * The test kit for plug-ins: a manual clock, fakes of everything that the core provides, a proxy
 * that breaks connections, and the contracts for every source, sink and page. The fakes pass these
 * contracts too.
 */
@NullMarked
package io.sessionbridge.testkit;

import org.jspecify.annotations.NullMarked;
