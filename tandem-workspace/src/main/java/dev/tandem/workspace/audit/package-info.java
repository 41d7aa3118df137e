/** What is in a folder before anything is made of it: formats, sizes, languages, duplicates, age, personal data, what embedding it would take. */
@NullMarked
package dev.tandem.workspace.audit;

import org.jspecify.annotations.NullMarked;
