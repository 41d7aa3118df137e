package dev.tandem.workspace.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({"0 B, 0", "17b, 17", "1 kB, 1024", "64MB, 67108864", "1.5 GB, 1610612736", "2 TB, 2199023255552"})
    void sizesAreReadInPowersOf1024(String written, long bytes) {
        assertThat(ByteSize.parse(written)).contains(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "MB", "-1 MB", "1 XB", "1,5 MB", "1e9 B"})
    void whatIsNoSizeIsNotRead(String written) {
        assertThat(ByteSize.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1536, 1.5 kB", "104857600, 100 MB", "5497558138880, 5 TB"})
    void sizesAreWrittenWithTheirUnit(long bytes, String written) {
        assertThat(new ByteSize(bytes)).hasToString(written);
    }
}
