package dev.tandem.tuning.example.personal;

import java.util.Set;
import java.util.regex.Pattern;

/** The words within and around a name by which people, organisations and places are told apart. */
final class NameContexts {
    static final Set<String> COMPANY = Gazetteer.set(
            "inc llc llp ltd plc corp corporation company co group holdings technologies technology solutions systems system"
                    + " consulting consultants capital bank partners associates industries labs laboratories foundation institute"
                    + " university college agency service services media network networks software analytics data finance financial"
                    + " insurance gmbh ag oy ab as bv nv spa srl sarl sa limited international enterprises ventures trust council"
                    + " commission committee ministry department association society federation union league club orchestra"
                    + " airlines airways motors energy pharmaceuticals health hospital school schools research investments"
                    + " advisors communications entertainment studios records press publishing news times survey explorer lines"
                    + " logistics realty properties markets exchange fund online interactive digital labs team union resources insight"
                    + " insights works brothers bros sons chemicals pharma biotech semiconductor semiconductors telecom wireless steel"
                    + " aerospace dynamics robotics equity securities mutual savings credit assurance theatre theater museum gallery"
                    + " hotel hotels resorts academy bureau authority administration parliament brands foods stores");
    /** Company words that are nothing else where they are written with a capital. */
    static final Set<String> SURELY_COMPANY =
            Gazetteer.set("inc llc llp ltd plc corp corporation holdings gmbh associates");
    /** What follows a people's name in the name of their state: "Czech Republic". */
    static final Set<String> STATE = Gazetteer.set("republic kingdom federation islands emirates");

    static final Pattern COMPANY_BEFORE = Pattern.compile(
            "(?is).*(?:\\b(?:works?|worked|working|interned?|job|career) (?:for|at|with)|\\b(?:employed|hired|founded|published|owned|acquired|made|recorded) (?:by|for)|\\bfounder of|\\bce?[oft]o (?:of|at)|\\bemployees? (?:of|at)|\\bsupport(?:ing)?|\\baccording to the|\\bcustomers? of|\\bjoin(?:ed|ing)?|\\bshares of|\\b(?:position|role|manager|director|engineer|developer) (?:at|with)|\\bfrom the|\\bcompany|\\bmanufacturers? [^.]*:|\\binterview (?:at|with)|\\b(?:clients?|subsidiary|division|headquarters|offices?|branch) of|\\baccount (?:with|at)|\\b(?:sponsored|fired|employed|acquired|manufactured|sold) by|\\b(?:invested|investors?) in|\\b(?:merged|partnered|partnership|contract|deal) with|\\b(?:companies|brands|firms|startups|banks) (?:like|such as)|\\b(?:letter|invoice|bill|salary|offer) from|\\b(?:retired|resigned) from)\\s*\"?\\s*$");
    static final Pattern COMPANY_BEHIND = Pattern.compile(
            "(?i)^(?:'s|’s)?,?\\s*(?:(?:is|was|are) (?:an?|the) (?:[\\w-]+ ){0,3}(?:company|agency|firm|start-?up|bank|organi[sz]ation|non-?profit|501\\(c\\)\\d?|brainchild|provider|manufacturer|retailer|developer of|charity|leader|brand)|(?:offices?|headquarters?|employees|shares|stock|products?|website|customers|orchestra|board|invested|announced|acquired|launched|reported|hired|has been acquired|shareholders|ceo|cfo|customer service|is hiring|(?:is|are) headquartered|(?:was|were) (?:founded|established|incorporated)|has (?:announced|launched)|announces)\\b).*",
            Pattern.DOTALL);
    static final Pattern PLACE_BEFORE = Pattern.compile(
            "(?is).*\\b(?:in|to|from|near|into|across|visit(?:ed|ing)?|leav(?:e|ing)|leaving|based in|city of|town of|university of|capital of|southern|northern|eastern|western|central|around|outside|through|toward|towards|home city|island of|republic of|port of|live in|flights? to)\\s*$");
    /** What only a place stands behind, whatever its name looks like. */
    static final Pattern SURELY_PLACE_BEFORE = Pattern.compile(
            "(?is).*\\b(?:(?:am|are|is|was|were|live[sd]?|living|born|grew up|based|located|stay(?:ing|ed)?|arriv(?:ed|ing)|year|trip|offices?|population|weather) in|(?:city|town|village|university|capital|mayor|outskirts) of|visit(?:ed|ing)?|moved (?:here )?(?:from|to)|flights? to|travel(?:l?ed|l?ing)? to|home city)\\s*$");
    /** Firms that are one word made of two: Citigroup, Microsoft, Facebook. */
    static final Pattern COMPOUND_COMPANY = Pattern.compile(
            "\\p{Lu}.{2,}(?:data|group|soft|corp|labs|media|works|pharma|metrics|lytics|union|book|share|pay|bank)|(?!Mac|Fitz|Van|De|Di|La)\\p{Lu}\\p{Ll}{2,}\\p{Lu}\\p{Ll}+");

    static final Pattern PLACE_BEHIND = Pattern.compile(
            "(?i)^(?:'s|’s)?\\s*(?:bridge|city|county|province|district|area|region|airport|harbou?r|is a (?:city|town|country|village|state)|was super fun to visit|population|government|capital)\\b.*",
            Pattern.DOTALL);
    static final Pattern PERSON_BEFORE = Pattern.compile(
            "(?is).*(?:\\b(?:name(?: is|'s|:)|named|call(?:ed)? (?:me|him|her)|call (?:me|him|her)|i am|i'm|this is|by|dear|hi|hello|hey|mrs?\\.?|ms\\.?|miss|dr\\.?|prof\\.?|professor|sir|lady|president|minister|senator|king|queen|judge|captain|uncle|aunt|says?|said|told|asked|with|producer|singer|author|actor|actress|director|player|novelist|composer|under|married|son of|daughter of|brother|sister|wife|husband|change it to|add|remember|under the name|alias|and))[ :,]*$");
    static final Pattern PEOPLE_BEFORE = Pattern.compile(
            "(?is).*\\b(?:founders|members|authors|writers|singers|actors|players|friends|brothers|sisters|guests|winners|speakers|colleagues|partners|children|sons|daughters|parents|attendees|employees)(?: are| were)?\\s*[:,-]?\\s*$");
    static final Pattern LOWER_PERSON_BEFORE = Pattern.compile(
            "(?is).*(?:\\bname(?: is|'s|:)|\\bcall me|\\bcalled|\\bnamed (?:him|her|it)?|\\bmaybe it's under|\\bunder the name|\\b(?:mr|ms|mrs|dr)\\.)\\s*$");
    static final Pattern SURNAME = Pattern.compile(
            ".{2,}(?:sen|sson|dóttir|ová|eva|ova|ski|ska|sky|wicz|vić|vich|ić|ov|ev|enko|chuk|nen|escu|opoulos|idis|ez|berg|mann|quist|qvist|lund|ström|stein|shvili|yan|oğlu|ini|elli|etti)");

    private NameContexts() {}
}
