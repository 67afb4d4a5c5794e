/** The health and the metrics of the agent over HTTP. */
@NullMarked
package io.sessionbridge.http;

import org.jspecify.annotations.NullMarked;
