package dev.tandem.models.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterTest {
    @TempDir
    private Path cache;

    @Test
    void is_unpacked_whole() throws Exception {
        var folder = starter(files("weights")).folder(cache);

        assertThat(folder).startsWith(cache);
        assertThat(folder.resolve("model.safetensors")).hasContent("weights");
        assertThat(folder.resolve("config.json")).hasContent("{}");
        assertThat(names(folder)).containsExactlyInAnyOrder("model.safetensors", "config.json");
    }

    @Test
    void is_not_written_again_while_it_is_whole() throws Exception {
        var starter = starter(files("weights"));
        var file = starter.folder(cache).resolve("model.safetensors");
        var before = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);

        starter.folder(cache);

        var after = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
        assertThat(after.fileKey()).isEqualTo(before.fileKey());
        assertThat(after.lastModifiedTime()).isEqualTo(before.lastModifiedTime());
    }

    @Test
    void is_mended_where_a_file_was_damaged_or_lost() throws Exception {
        var starter = starter(files("weights"));
        var folder = starter.folder(cache);
        Files.writeString(folder.resolve("model.safetensors"), "wei");
        Files.delete(folder.resolve("config.json"));

        starter.folder(cache);

        assertThat(folder.resolve("model.safetensors")).hasContent("weights");
        assertThat(folder.resolve("config.json")).hasContent("{}");
    }

    @Test
    void another_model_has_another_folder() throws Exception {
        assertThat(starter(files("one")).folder(cache))
                .isNotEqualTo(starter(files("two")).folder(cache));
    }

    @Test
    void a_file_that_is_not_what_the_record_says_is_refused() throws Exception {
        var files = files("weights");
        files.put("model.safetensors", bytes("others"));

        assertThatThrownBy(() -> starter(files).folder(cache))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining("build Tandem anew");
    }

    @Test
    void a_build_without_it_is_to_be_built_anew() {
        assertThatThrownBy(() -> starter(Map.of()).folder(cache))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("not in this build");
    }

    @Test
    void the_cache_is_where_the_environment_says() {
        assertThat(Starter.cache(Map.of("XDG_CACHE_HOME", "/elsewhere"))).isEqualTo(Path.of("/elsewhere/tandem"));
        assertThat(Starter.cache(Map.of())).isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "tandem"));
    }

    private static Starter starter(Map<String, byte[]> files) {
        return new Starter(name -> Optional.ofNullable(files.get(name)).map(ByteArrayInputStream::new));
    }

    private static Map<String, byte[]> files(String weights) throws Exception {
        var files = new HashMap<String, byte[]>();
        files.put("model.safetensors", bytes(weights));
        files.put("config.json", bytes("{}"));
        files.put(
                "starter.json",
                bytes("{\"sha256\": {\"model.safetensors\": \"" + hash(weights) + "\", \"config.json\": \"" + hash("{}")
                        + "\"}}"));
        return files;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
    }

    private static java.util.List<String> names(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }
}
