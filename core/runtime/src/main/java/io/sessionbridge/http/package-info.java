/** The way in for those who watch the agent: its health and its metrics, over HTTP. */
@NullMarked
package io.sessionbridge.http;

import org.jspecify.annotations.NullMarked;
