package dev.tandem.server.access;

/** What a key may do; each role may all that the ones before it may. */
public enum Role {
    /** Search, ask, give feedback. */
    ASK,
    /** Change documents, test sets and models. */
    EDIT,
    /** Change keys and settings, read the audit trail. */
    ADMIN;

    /** Whether this role may what another may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
