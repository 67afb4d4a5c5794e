/**
 * What a plug-in is tested with: a clock that moves by hand, fakes of everything the core gives, a
 * proxy that breaks connections, and the contracts that every source, sink and page keeps. The
 * fakes keep them too.
 */
@NullMarked
package io.sessionbridge.testkit;

import org.jspecify.annotations.NullMarked;
