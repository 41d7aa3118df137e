/** What every module needs: an error that the user can mend, and progress of long work. */
@org.jspecify.annotations.NullMarked
package dev.tandem.foundation;
