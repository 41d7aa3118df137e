package dev.tandem.tuning.example.personal;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Kinds of personal data, named as Presidio names them. */
public enum PersonalKind {
    EMAIL_ADDRESS(true),
    PHONE_NUMBER(true),
    CREDIT_CARD(true),
    IBAN_CODE(true),
    US_SSN(true),
    US_DRIVER_LICENSE(true),
    IP_ADDRESS(true),
    STREET_ADDRESS(true),
    ZIP_CODE(false),
    DOMAIN_NAME(false),
    PERSON(false),
    TITLE(false),
    AGE(false),
    DATE_TIME(false),
    NRP(false),
    ORGANIZATION(false),
    GPE(false);

    private final boolean direct;

    PersonalKind(boolean direct) {
        this.direct = direct;
    }

    /**
     * Whether it points at someone by itself. The others do so together, and stand in most harmless texts too: places and
     * dates, nationalities (NRP: nationality, religion, politics), organisations, names of the famous.
     */
    public boolean direct() {
        return direct;
    }

    /** Those that point at someone by themselves. */
    public static Set<PersonalKind> directKinds() {
        var kinds = EnumSet.allOf(PersonalKind.class);
        kinds.removeIf(kind -> !kind.direct);
        return kinds;
    }

    /** The kind that a person names, in any case. */
    public static Optional<PersonalKind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
