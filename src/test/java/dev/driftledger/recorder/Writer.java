package dev.driftledger.recorder;

/// Who made a change, as the write itself tells.
///
/// @param subresource empty for the object itself
/// @param type class of actor, as entries spell it
record Writer(String manager, String operation, String subresource, String type) {
    /// Nobody can be told, such as for a deletion without an audit event.
    static final Writer NOBODY = new Writer("", "", "", "unknown");

    String id() {
        return manager + " " + operation + " " + subresource;
    }
}
