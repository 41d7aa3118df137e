-- Times are ISO 8601 in UTC. Columns of several values are JSON, or numbers of four bytes each.
create table live_answer (
  number integer primary key autoincrement,
  id text not null unique,
  time text not null,
  model text not null,
  outcome text not null,
  milliseconds real not null
);

create index live_answer_time on live_answer (time);

-- Of the newest questions alone: the vector, never the text.
create table live_question (
  number integer primary key autoincrement,
  answer text not null,
  encoder text not null,
  vector blob not null
);

create table live_judgement (
  number integer primary key autoincrement,
  answer text not null unique,
  time text not null,
  model text not null,
  judge text not null,
  faithfulness real,
  answer_relevancy real,
  context_relevancy real,
  unsupported integer not null
);

create index live_judgement_time on live_judgement (time);

create table baseline (
  metric text primary key,
  time text not null,
  source text not null,
  encoder text not null,
  size integer not null,
  data blob not null,
  -- The last observation that was looked at, and how many were since the baseline.
  looked integer not null,
  observed integer not null,
  drifting integer not null default 0
);

create table drift_look (
  number integer primary key autoincrement,
  metric text not null,
  time text not null,
  observed integer not null,
  window integer not null,
  size real not null,
  by_chance real not null,
  p_value real not null,
  level real not null,
  mean real,
  drifting integer not null
);

create index drift_look_metric on drift_look (metric, number);

create table alert (
  number integer primary key autoincrement,
  id text not null unique,
  rule text not null,
  metric text not null,
  fired text not null,
  sentence text not null,
  look text not null,
  value real,
  baseline real,
  mended text,
  mended_sentence text,
  deliveries text not null
);

-- A rule fires once, whichever process finds it.
create unique index alert_open on alert (rule) where mended is null;
