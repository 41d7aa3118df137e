package dev.tandem.evaluation.gate;

/** What a check came to. */
public enum GateStatus {
    PASSED("passed"),
    FAILED("failed"),
    /** The run has no value for it; the gate does not fail by it unless it is required. */
    NOT_MEASURED("not measured");

    private final String label;

    GateStatus(String label) {
        this.label = label;
    }

    /** As people read it. */
    public String label() {
        return label;
    }

    /** As it is written in JSON. */
    public String key() {
        return label.replace(' ', '_');
    }
}
