package dev.tandem.evaluation.advice;

/**
 * A key of {@code tandem.yaml} and what to set it to.
 *
 * @param key with its section, as {@code retrieval.fusion}
 * @param value as it stands in the file
 * @param why for people
 */
public record SettingAdvice(String key, String value, String why) {}
