package dev.tandem.knowledge.index;

import java.nio.file.Path;

class LucenePassageSearchTest extends PassageSearchConformance {
    @Override
    PassageIndex open(Path place) {
        return LucenePassageIndex.open(place);
    }
}
