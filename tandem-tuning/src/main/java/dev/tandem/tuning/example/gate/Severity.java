package dev.tandem.tuning.example.gate;

/** How bad a finding is. */
public enum Severity {
    /** Training on it does harm, or what is measured afterwards says nothing. */
    ERROR,
    /** Someone should look at it. */
    WARNING,
    /** Good to know. */
    NOTE;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
