/** The web page: files out of the jar, which call the same API as everybody else. */
@NullMarked
package dev.tandem.server.page;

import org.jspecify.annotations.NullMarked;
