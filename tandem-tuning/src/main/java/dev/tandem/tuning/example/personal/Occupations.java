package dev.tandem.tuning.example.personal;

import java.util.regex.Pattern;

/** Job titles, where they stand on a line of their own, as in a signature or on a card. */
final class Occupations {
    private static final Pattern LINE = Pattern.compile("(?m)^[ >\\t]*(\\p{L}[\\p{L}'’,/ -]{3,60}?)[ \\t]*$");
    private static final Pattern JOB = Pattern.compile(
            "(?i)(?:.*[ -])?(?:manager|engineer|consultant|specialist|officer|technician|clerk|driver|nurse|soldier|operator"
                    + "|installer|controller|cleaner|attendant|librarian|distributor|administrator|accountant|teacher|analyst|director"
                    + "|assistant|supervisor|worker|designer|developer|therapist|scientist|agent|president|executive|representative"
                    + "|coordinator|mechanic|inspector|secretary|editor|writer|artist|physician|surgeon|dentist|lawyer|attorney|judge"
                    + "|professor|lecturer|instructor|trainer|planner|buyer|broker|cashier|chef|cook|waiter|waitress|guard|pilot"
                    + "|captain|sailor|farmer|fisher|miner|builder|carpenter|plumber|electrician|painter|welder|machinist|tailor"
                    + "|butcher|baker|hairdresser|barber|receptionist|typist|programmer|architect|surveyor|chemist|physicist"
                    + "|biologist|geologist|economist|psychologist|sociologist|historian|translator|interpreter|journalist|reporter"
                    + "|photographer|musician|actor|dancer|producer|firefighter|paramedic|pharmacist|optician|veterinarian|midwife"
                    + "|counsel(?:l)?or|minister|priest|salesperson|salesman|saleswoman|vendor|courier|porter|janitor|housekeeper"
                    + "|maid|nanny|aide|adviser|advisor|auditor|appraiser|actuary|underwriter|foreman|laborer|labourer|handler|loader"
                    + "|packer|sorter|tester|trader|treasurer|partner|founder|head|chief|ceo|cto|cfo|[a-z]{4,}(?:ologist|ographer|ician|grapher))");

    private Occupations() {}

    static void find(Found found) {
        if (found.text().indexOf('\n') < 0) {
            return;
        }
        var lines = LINE.matcher(found.text());
        while (lines.find()) {
            if (JOB.matcher(lines.group(1)).matches() && lines.group(1).split(" ", -1).length <= 6) {
                found.add(PersonalKind.TITLE, lines.start(1), lines.end(1));
            }
        }
    }
}
