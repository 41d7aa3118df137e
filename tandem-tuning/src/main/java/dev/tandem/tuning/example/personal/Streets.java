package dev.tandem.tuning.example.personal;

import java.util.Set;
import java.util.regex.Pattern;

/** What streets are called: the suffixes of the US Postal Service's list, and the words of other European languages. */
final class Streets {
    private static final Set<String> SUFFIXES = Gazetteer.set(
            "alley annex arcade avenue ave bayou beach bend bluff bottom boulevard blvd branch bridge brook burg bypass camp"
                    + " canyon cape causeway center centre circle cir cliff cliffs club common commons corner corners course court courts"
                    + " cove coves creek crescent crest crossing crossroad curve dale dam divide drive drives estate estates expressway"
                    + " extension falls ferry field fields flat flats ford forest forge forges fork forks fort freeway garden gardens"
                    + " gateway glen glens green greens grove groves harbor harbors haven heights highway hwy hill hills hollow inlet"
                    + " island islands isle junction key keys knoll knolls lake lakes land landing lane ln light lights loaf lock locks"
                    + " lodge loop mall manor manors meadow meadows mews mill mills mission motorway mount mountain mountains neck"
                    + " orchard oval overpass park parks parkway pkwy pass passage path pike pine pines place plain plains plaza point"
                    + " points port ports prairie radial ramp ranch rapid rapids rest ridge ridges river road rd roads route row rue run"
                    + " shoal shoals shore shores skyway spring springs spur spurs square sq squares station stravenue stream street st str"
                    + " streets summit terrace throughway trace track trafficway trail trailer tunnel turnpike underpass union unions"
                    + " valley valleys via viaduct view views village villages ville vista walk walks wall way ways well wells close"
                    + " utca út útja u tér körút ulice ulica třída náměstí tänav tee maantee pst puiestee cesta pot trg vägen gatan"
                    + " gata vej gade veien allé");

    /** Plain suffixes, which need no number to be believed behind a name. */
    private static final Set<String> PLAIN = Set.of(
            "street",
            "st",
            "avenue",
            "ave",
            "boulevard",
            "blvd",
            "lane",
            "ln",
            "road",
            "rd",
            "drive",
            "parkway",
            "pkwy",
            "highway",
            "crescent",
            "terrace",
            "utca",
            "ulice",
            "ulica",
            "tänav",
            "maantee");

    private static final Set<String> PREFIXES = Gazetteer.set(
            "rue avenue boulevard chemin impasse allée quai via viale piazza corso vicolo largo strada calle avda avda. avenida"
                    + " paseo camino carretera plaza ronda travesía rua rúa travessa praça estrada ulica ul ul. al aleja os plac trg"
                    + " cesta pot calea bulevardul");

    private static final Pattern INSIDE = Pattern.compile(
            ".+(?:straße|strasse|str|gasse|weg|platz|allee|damm|ufer|vej|gade|gata|gatan|vägen|veien|vegen|vegur|braut|stígur"
                    + "|götu|katu|tie|kuja|polku|straat|laan|plein|gracht|kade|dijk|singel|steeg|gården|gränd|stien|stræde|allé"
                    + "|utca|út|ulice)");

    private static final Pattern CERTAIN = Pattern.compile(".+(?:straße|strasse|gasse|gatan|vägen|straat|katu)");

    private Streets() {}

    static boolean isSuffix(String lower) {
        return SUFFIXES.contains(lower);
    }

    static boolean isPlainSuffix(String lower) {
        return PLAIN.contains(lower);
    }

    static boolean isPrefix(String lower) {
        return PREFIXES.contains(lower);
    }

    /** Whether a single word names a street even without a number. */
    static boolean isStreet(String lower) {
        return lower.length() > 7 && CERTAIN.matcher(lower).matches();
    }

    /** Whether a single word names a street where a number stands beside it, as Ziegelgasse 19. */
    static boolean isCompound(String lower) {
        return lower.length() > 5 && INSIDE.matcher(lower).matches();
    }
}
