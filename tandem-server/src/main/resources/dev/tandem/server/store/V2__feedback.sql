-- Times are ISO 8601 in UTC. Columns of several values are JSON.
create table feedback_answer (
  id text primary key,
  time text not null,
  caller text not null,
  context text not null
);

create index feedback_answer_time on feedback_answer (time);

create table feedback (
  id integer primary key autoincrement,
  answer text not null,
  time text not null,
  caller text not null,
  rating text not null,
  reasons text not null,
  correction text,
  comment text,
  context text not null,
  test_case text,
  training_example integer not null default 0,
  unique (answer, caller)
);
