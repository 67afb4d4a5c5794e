/** What archives and packages hold of libraries: slim jars, licences, notices; not shipped. */
@NullMarked
package io.sessionbridge.parts;

import org.jspecify.annotations.NullMarked;
