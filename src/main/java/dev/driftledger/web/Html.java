package dev.driftledger.web;

/// How pages are sent.
final class Html {
    /// The media type of pages.
    static final String TYPE = "text/html;charset=UTF-8";

    private Html() {}
}
