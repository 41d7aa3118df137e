package dev.tandem.foundation.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mount tables and sysfs as the kernel writes them, for disks that the machine of the tests has not. */
class VolumeEncryptionTest {
    private static final Path FOLDER = Path.of("/srv/kb/shop");
    private static final String ROOT = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw";

    @TempDir
    Path sys;

    @Test
    void aVolumeUnderDmCryptIsEncryptedAlsoWithLogicalVolumesAbove() throws IOException {
        device("254:0");
        device("253:1", "LVM-abc");
        Files.createDirectories(sys.resolve("dev/block/253:1/slaves/dm-0/dm"));
        Files.writeString(sys.resolve("dev/block/253:1/slaves/dm-0/dm/uuid"), "CRYPT-LUKS2-abc-luks\n");
        device("253:0", "CRYPT-LUKS2-abc-luks");
        assertThat(state(ROOT, "30 27 253:0 / /srv rw - ext4 /dev/mapper/luks rw"))
                .isEqualTo(VolumeEncryption.State.ENCRYPTED);
        assertThat(state(ROOT, "30 27 253:1 / /srv rw - xfs /dev/mapper/vg-srv rw"))
                .isEqualTo(VolumeEncryption.State.ENCRYPTED);
        // Another volume is of no matter.
        assertThat(state(ROOT, "30 27 253:0 / /srv/kb/shopping rw - ext4 /dev/mapper/luks rw"))
                .isEqualTo(VolumeEncryption.State.PLAIN);
    }

    @Test
    void oneEncryptedDiskOfTwoIsNotEnough() throws IOException {
        device("253:1", "LVM-abc");
        Files.createDirectories(sys.resolve("dev/block/253:1/slaves/dm-0/dm"));
        Files.writeString(sys.resolve("dev/block/253:1/slaves/dm-0/dm/uuid"), "CRYPT-LUKS2-abc-luks\n");
        Files.createDirectories(sys.resolve("dev/block/253:1/slaves/sdb"));
        assertThat(state("30 27 253:1 / / rw - ext4 /dev/mapper/vg-root rw")).isEqualTo(VolumeEncryption.State.PLAIN);
    }

    @Test
    void theLastVolumeMountedAtAPlaceCounts() throws IOException {
        device("254:0");
        assertThat(state(ROOT, "31 27 0:40 / /srv/kb rw shared:1 - fuse.gocryptfs /cipher rw"))
                .isEqualTo(VolumeEncryption.State.ENCRYPTED);
        assertThat(state(
                        ROOT,
                        "31 27 0:40 / /srv/kb rw - fuse.gocryptfs /cipher rw",
                        "32 27 254:0 / /srv/kb rw - ext4 /dev/vda rw"))
                .isEqualTo(VolumeEncryption.State.PLAIN);
    }

    @Test
    void whatCannotBeSeenIsNotSaid() {
        assertThat(state("31 27 0:40 / / rw - overlay overlay rw,upperdir=/x"))
                .isEqualTo(VolumeEncryption.State.UNKNOWN);
        assertThat(state("31 27 0:40 / / rw - tmpfs tmpfs rw")).isEqualTo(VolumeEncryption.State.UNKNOWN);
        assertThat(state("31 27 9:99 / / rw - ext4 /dev/none rw")).isEqualTo(VolumeEncryption.State.UNKNOWN);
        assertThat(state("no such line", "")).isEqualTo(VolumeEncryption.State.UNKNOWN);
    }

    private VolumeEncryption.State state(String... mounts) {
        return VolumeEncryption.of(FOLDER, List.of(mounts), sys).state();
    }

    private void device(String numbers) throws IOException {
        Files.createDirectories(sys.resolve("dev/block").resolve(numbers));
    }

    private void device(String numbers, String uuid) throws IOException {
        device(numbers);
        Files.createDirectories(sys.resolve("dev/block").resolve(numbers).resolve("dm"));
        Files.writeString(sys.resolve("dev/block").resolve(numbers).resolve("dm/uuid"), uuid + "\n");
    }
}
