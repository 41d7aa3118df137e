/** HTML pages of one file, nothing outside of it: their frame and style, bars, curves. What comes from data is escaped. */
@org.jspecify.annotations.NullMarked
package dev.tandem.foundation.page;
