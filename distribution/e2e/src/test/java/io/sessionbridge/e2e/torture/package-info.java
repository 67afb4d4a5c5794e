/**
 * A long run of the bundle against real receivers under faults that a seed chooses, and a checker
 * that reads only what the receivers got.
 */
package io.sessionbridge.e2e.torture;
