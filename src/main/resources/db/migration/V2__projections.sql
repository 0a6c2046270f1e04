-- What entries say, laid out for questions. Every row follows from one entry alone, is inserted
-- with it and never changed; (cluster, idx) leads back to it. No row is evidence by itself.

CREATE TABLE finding_version (
    cluster     text COLLATE "C" NOT NULL,
    finding     text COLLATE "C" NOT NULL,
    idx         bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    state       text NOT NULL,
    class       text,
    application text,
    namespace   text,
    kind        text,
    owner       text,
    opened_at   timestamptz NOT NULL,
    PRIMARY KEY (cluster, finding, idx)
);
COMMENT ON TABLE finding_version IS 'Every entry about a finding; the last one up to T holds at T';

CREATE TABLE snapshot (
    cluster     text COLLATE "C" NOT NULL,
    application text COLLATE "C" NOT NULL,
    idx         bigint NOT NULL,
    verdict     text,
    namespace   text,
    reconciler  text,
    PRIMARY KEY (cluster, application, idx)
);
COMMENT ON TABLE snapshot IS 'Every snapshot entry; the last one up to T holds at T';
