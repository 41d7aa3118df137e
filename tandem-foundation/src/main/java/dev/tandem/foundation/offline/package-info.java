/** Keeps a process from connecting to anything but the machine that it runs on. */
@org.jspecify.annotations.NullMarked
package dev.tandem.foundation.offline;
