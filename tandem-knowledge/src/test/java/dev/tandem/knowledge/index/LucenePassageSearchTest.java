package dev.tandem.knowledge.index;

import java.nio.file.Path;

class LucenePassageSearchTest extends PassageSearchConformance {
    @Override
    protected PassageIndex open(Path place) {
        return LucenePassageIndex.open(place);
    }
}
