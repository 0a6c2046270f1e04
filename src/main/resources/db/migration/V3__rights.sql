-- Monthly partitions of entry, made ahead by the service through a function of the owner, since
-- the service itself may not create tables.

CREATE FUNCTION make_entry_partitions(months_ahead integer) RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp
    SET timezone = 'UTC'
AS $$
DECLARE
    month timestamptz;
    partition_name text;
    made_count integer := 0;
BEGIN
    IF months_ahead NOT BETWEEN 0 AND 24 THEN
        RAISE EXCEPTION 'months_ahead must be 0 to 24, got %', months_ahead;
    END IF;
    -- Two instances may start at the same time.
    PERFORM pg_advisory_xact_lock(hashtext('driftledger.make_entry_partitions'));
    FOR ahead IN 0 .. months_ahead LOOP
        month := date_trunc('month', now()) + make_interval(months => ahead);
        partition_name := 'entry_' || to_char(month, 'YYYY_MM');
        -- Rows that the default partition took already stay there; so does the rest of the month.
        IF to_regclass(partition_name) IS NULL AND NOT EXISTS (
            SELECT FROM entry_default
            WHERE recorded_at >= month AND recorded_at < month + interval '1 month'
        ) THEN
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF entry FOR VALUES FROM (%L) TO (%L)',
                partition_name, month, month + interval '1 month');
            made_count := made_count + 1;
        END IF;
    END LOOP;
    RETURN made_count;
END
$$;

REVOKE ALL ON FUNCTION make_entry_partitions(integer) FROM PUBLIC;
SELECT make_entry_partitions(3);

GRANT USAGE ON SCHEMA ${flyway:defaultSchema} TO ${service_role};
GRANT EXECUTE ON FUNCTION make_entry_partitions(integer) TO ${service_role};
GRANT SELECT, INSERT ON
    log, entry, batch, tile_hash, checkpoint, blob, recorder_state, publish_cursor,
    finding_version, snapshot
    TO ${service_role};
GRANT UPDATE (name, size, intake_partition, intake_offset, recorded_at) ON log TO ${service_role};
GRANT UPDATE (next_index) ON publish_cursor TO ${service_role};
GRANT UPDATE, DELETE ON recorder_state TO ${service_role};
