package dev.tandem.bench.starter;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The E2E corpus: comma-separated, a meaning and a text a row, either in quotes where it needs them. */
public final class References {
    private References() {}

    /** Reads a file with a header. */
    public static List<Tasks.Dialogue> e2e(Path file) {
        try {
            var rows = new ArrayList<Tasks.Dialogue>();
            for (var row : rows(Files.readString(file))) {
                if (row.size() == 2 && !row.getFirst().equals("mr")) {
                    rows.add(new Tasks.Dialogue(row.get(0), row.get(1)));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new MendableException(file + " cannot be read: " + e.getMessage() + ". Name the data folder.", e);
        }
    }

    private static List<List<String>> rows(String text) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                row.add(field.toString());
                field.setLength(0);
            } else if (c == '\n' && !quoted) {
                row.add(field.toString().strip());
                field.setLength(0);
                rows.add(List.copyOf(row));
                row.clear();
            } else if (c != '\r' && c != '\ufeff') {
                field.append(c);
            }
        }
        return rows;
    }
}
