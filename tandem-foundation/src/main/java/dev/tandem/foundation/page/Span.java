package dev.tandem.foundation.page;

/** What lies around a value, such as its confidence interval; the low end first. */
public record Span(double low, double high) {}
