-- The log as it is stored. Flyway runs this as the owner of all tables; the service's role
-- (${service_role}) owns none of them and gets no more than the grants at the end.
--
-- Texts that are keys compare by bytes: faster, and the same whatever the database's locale is.
--
-- Rows that hold evidence are inserted and never changed. Only log, publish_cursor and
-- recorder_state change: they say how far things got, and can be told from the evidence again.

CREATE TABLE log (
    cluster          text COLLATE "C" PRIMARY KEY,
    number           integer GENERATED ALWAYS AS IDENTITY UNIQUE,
    name             text NOT NULL,
    origin           text NOT NULL UNIQUE,
    size             bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
    intake_partition integer NOT NULL DEFAULT -1,
    intake_offset    bigint NOT NULL DEFAULT -1,
    recorded_at      timestamptz
);
COMMENT ON TABLE log IS 'One row per cluster: the head of its log, moved by compare-and-set';
COMMENT ON COLUMN log.number IS 'Order in which the logs began; page tokens list sizes in it';

CREATE TABLE entry (
    cluster     text COLLATE "C" NOT NULL,
    idx         bigint NOT NULL CHECK (idx >= 0),
    recorded_at timestamptz NOT NULL,
    observed_at timestamptz NOT NULL,
    type        text COLLATE "C" NOT NULL,
    resource    text COLLATE "C",
    application text COLLATE "C",
    leaf_hash   bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
    bytes       bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 65535),
    PRIMARY KEY (cluster, idx, recorded_at)
) PARTITION BY RANGE (recorded_at);
COMMENT ON COLUMN entry.resource IS
    'What the entry is about, from its bytes, to find it by; no evidence by itself';
COMMENT ON TABLE entry IS
    'The leaves. That (cluster, idx) is unique follows from the compare-and-set on log.size';
-- Most entries are object.observed; who wants those finds them by resource or by index.
CREATE INDEX entry_type ON entry (cluster, type, idx) WHERE type <> 'object.observed';
-- Every entry about a resource, seen or judged. By hash, because a resource's id is long and its
-- copy in the index would cost more than the rest of the row; questions compare the id as well.
CREATE INDEX entry_resource ON entry (cluster, hashtextextended(resource, 0), idx)
    WHERE resource IS NOT NULL;
-- Side effects are few among many observations, and a page lists those of an application.
CREATE INDEX entry_effect ON entry (cluster, application, idx) WHERE type = 'effect.observed';

-- Where entries of a month go whose partition was not made in time, so that none is refused.
CREATE TABLE entry_default PARTITION OF entry DEFAULT;

CREATE TABLE batch (
    cluster          text COLLATE "C" NOT NULL,
    first_recorded_at timestamptz NOT NULL,
    first_index      bigint NOT NULL,
    entries_count    integer NOT NULL,
    intake_partition integer NOT NULL,
    intake_offset    bigint NOT NULL,
    PRIMARY KEY (cluster, first_recorded_at, first_index)
);
COMMENT ON TABLE batch IS 'One row per append that had entries: from a moment to an index';

CREATE TABLE tile_hash (
    cluster text COLLATE "C" NOT NULL,
    level   integer NOT NULL CHECK (level BETWEEN 1 AND 7),
    idx     bigint NOT NULL CHECK (idx >= 0),
    hash    bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (cluster, level, idx)
);
COMMENT ON TABLE tile_hash IS 'Hashes of full tiles, from level 1; those of level 0 are entry.leaf_hash';

CREATE TABLE checkpoint (
    cluster   text COLLATE "C" NOT NULL,
    size      bigint NOT NULL CHECK (size >= 0),
    root      bytea NOT NULL CHECK (octet_length(root) = 32),
    note      text NOT NULL,
    signed_at timestamptz NOT NULL,
    PRIMARY KEY (cluster, size)
);

CREATE TABLE blob (
    digest     bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    media_type text NOT NULL,
    size       bigint NOT NULL,
    bytes      bytea NOT NULL
);

CREATE TABLE recorder_state (
    cluster text COLLATE "C" NOT NULL,
    part    text COLLATE "C" NOT NULL,
    key     text COLLATE "C" NOT NULL,
    value   json NOT NULL,
    PRIMARY KEY (cluster, part, key)
);
COMMENT ON COLUMN recorder_state.value IS
    'json and not jsonb, because jsonb refuses U+0000, which values of a cluster may hold';

CREATE TABLE publish_cursor (
    cluster    text COLLATE "C" NOT NULL,
    consumer   text COLLATE "C" NOT NULL,
    next_index bigint NOT NULL CHECK (next_index >= 0),
    PRIMARY KEY (cluster, consumer)
);
