/** RNNLG's laptops as a catalogue: sheets to retrieve, requests by product name, and the corpus's own way of scoring. */
@org.jspecify.annotations.NullMarked
package dev.tandem.bench.products;
