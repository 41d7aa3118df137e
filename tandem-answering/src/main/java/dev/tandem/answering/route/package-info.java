/** What kind of request a text is: a question for the documents, or one that needs none. */
@org.jspecify.annotations.NullMarked
package dev.tandem.answering.route;
