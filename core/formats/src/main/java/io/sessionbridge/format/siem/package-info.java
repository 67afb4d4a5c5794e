/** The formats that SIEM systems can parse: CEF, LEEF, ECS, OCSF. */
@NullMarked
package io.sessionbridge.format.siem;

import org.jspecify.annotations.NullMarked;
