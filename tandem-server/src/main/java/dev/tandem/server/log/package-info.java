/** What the server writes down about itself: a line a request, a line an error; never questions, answers or keys. */
@NullMarked
package dev.tandem.server.log;

import org.jspecify.annotations.NullMarked;
