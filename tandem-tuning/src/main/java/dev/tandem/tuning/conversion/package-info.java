/** Training data made: collected from what teams have, converted between forms, validated as hosted services do. */
@org.jspecify.annotations.NullMarked
package dev.tandem.tuning.conversion;
