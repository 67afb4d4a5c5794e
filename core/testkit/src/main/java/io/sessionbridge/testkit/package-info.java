/** What a plug-in's tests need: contracts to pass, fakes to run against, faults to survive. */
@NullMarked
package io.sessionbridge.testkit;

import org.jspecify.annotations.NullMarked;
