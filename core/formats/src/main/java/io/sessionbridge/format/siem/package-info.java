/** The formats that SIEM systems parse without a parser of ours: CEF, LEEF, ECS, OCSF. */
@NullMarked
package io.sessionbridge.format.siem;

import org.jspecify.annotations.NullMarked;
