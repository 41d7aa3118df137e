-- A line that a language model wrote above a passage. The key is a hash of all that it was made from.
create table context_line (
    key text primary key,
    document text not null,
    line text not null
) without rowid;

create index context_line_document on context_line (document);
