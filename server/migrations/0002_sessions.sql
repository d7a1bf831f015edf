create table users_session (
  key bytea not null,
  user_id bigint not null,
  password_digest bytea not null,
  created timestamp with time zone not null,
  last_seen timestamp with time zone not null,
  expires timestamp with time zone not null,
  client_address text,
  constraint users_session_pkey primary key (key)
);

create index users_user_3b1693b0_idx on users_user using btree (lower(username));

alter table users_session add constraint users_session_user_id_fk foreign key (user_id) references users_user (id) on delete cascade;

create index users_session_user_id_idx on users_session using btree (user_id);

create index users_session_expires_idx on users_session using btree (expires);
