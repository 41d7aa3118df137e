package dev.tandem.stores;

/** The table of stores written for people: a part of docs/stores.md. */
public final class StoreText {
    private StoreText() {}

    /** The table as Markdown. */
    public static String table() {
        var text = new StringBuilder("""
                | `store.provider` | what | `url`, for example | password or key | `name` names its | search |
                |---|---|---|---|---|---|
                """);
        for (var store : StoreProvider.values()) {
            text.append("| `%s` | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            store.key(),
                            store.title(),
                            store.exampleUrl().map(url -> "`" + url + "`").orElse(""),
                            store.keyVariable().map(name -> "`" + name + "`").orElse(""),
                            store.namePart().orElse(""),
                            store.search()));
        }
        return text.toString();
    }
}
