-- Times are ISO 8601 in UTC. Columns of several values are JSON.
create table run (
  number integer primary key autoincrement,
  id text not null unique,
  strategy text not null,
  test_set text not null,
  test_set_hash text not null,
  configuration text not null,
  seed integer not null,
  tandem_version text not null,
  started text not null,
  finished text
);

create table example (
  run text not null references run (id) on delete cascade,
  position integer not null,
  case_id text not null,
  type text not null,
  test_case text not null,
  answer text,
  failure text,
  metrics text not null,
  unsupported text not null,
  primary key (run, case_id)
);

create table summary (
  run text not null references run (id) on delete cascade,
  position integer not null,
  metric text not null,
  type text not null,
  value real not null,
  low real,
  high real,
  confidence real,
  samples integer,
  seed integer,
  examples integer not null,
  missing integer not null,
  primary key (run, position)
);
