package dev.driftledger.web;

/// A request that is answered by a problem of RFC 9457 instead of content.
///
/// Its slug names a section of `docs/reference/problems.md`, where `type` points to.
final class Refusal extends RuntimeException {
    /// The status of a service that cannot answer now.
    static final int UNAVAILABLE = 503;

    private final int status;
    private final String slug;
    private final String title;
    private final String pageDetail;

    private Refusal(int status, String slug, String title, String detail) {
        this(status, slug, title, detail, detail);
    }

    private Refusal(int status, String slug, String title, String detail, String pageDetail) {
        super(detail, null, false, false);
        this.status = status;
        this.slug = slug;
        this.title = title;
        this.pageDetail = pageDetail;
    }

    /// The same, with other words where people read it: no page names calls of the API.
    Refusal onPages(String words) {
        return new Refusal(status, slug, title, detail(), words);
    }

    /// A parameter that cannot be read.
    ///
    /// @param name which one
    /// @param wanted the shape that is wanted
    static Refusal malformed(String name, String wanted) {
        return new Refusal(
                400,
                "malformed-parameter",
                "A parameter cannot be read",
                name + " must be " + wanted);
    }

    /// A question that the store does not accept.
    static Refusal notAccepted(String detail) {
        return new Refusal(400, "malformed-parameter", "A parameter cannot be read", detail);
    }

    /// A query parameter that the address does not take.
    static Refusal unknownParameter(String name, String known) {
        String shown = name.length() > 64 ? name.substring(0, 64) + "…" : name;
        return new Refusal(
                400,
                "unknown-parameter",
                "A query parameter is not known here",
                "'" + shown + "' is no parameter of this address; it takes: " + known);
    }

    /// Something that was not recorded, or not yet at the moment asked for.
    static Refusal unknown(String what, String hint) {
        return new Refusal(404, "not-recorded", what + " is not recorded", hint);
    }

    /// An address that leads nowhere.
    static Refusal noSuchAddress() {
        return new Refusal(
                404,
                "no-such-address",
                "There is nothing at this address",
                "Start at / for pages, /openapi.yaml for the API, /log/<cluster uid>/ for files",
                "The menu above leads to every page; a log's files are on the page of logs");
    }

    /// A method that the address does not take, a body it cannot read, and so on.
    static Refusal ofStatus(int status, String title) {
        return new Refusal(
                status,
                "not-acceptable-here",
                title,
                "See /openapi.yaml for the methods and media types of each address",
                "The menu above leads to every page");
    }

    /// The service cannot answer now.
    static Refusal unavailable() {
        return new Refusal(
                UNAVAILABLE,
                "unavailable",
                "The answer cannot be had just now",
                "A part that the answer needs does not respond; see /q/health/ready on the"
                        + " management port and ask again");
    }

    int status() {
        return status;
    }

    String slug() {
        return slug;
    }

    String title() {
        return title;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    /// What is wrong and what to do, for people.
    String pageDetail() {
        return pageDetail;
    }
}
