/** How alike texts are: words, shingles, MinHash with banding for one file, weighted words for one file against another. */
@org.jspecify.annotations.NullMarked
package dev.tandem.tuning.example.near;
