/// HTTP: the REST API under `/api/v1`, the log's files under `/log/`, the pages people look at,
/// health and metrics. Requests and recorded entries come in; JSON, HTML, log files and RFC 9457
/// problems go out. It never writes evidence, never judges and knows no SQL; every value that it
/// shows was recorded, and is escaped as if an attacker had written it.
@NullMarked
package dev.driftledger.web;

import org.jspecify.annotations.NullMarked;
