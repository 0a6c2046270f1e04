package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Only wants to know whether there is any difference.
final class Probe implements Findings {
    private boolean different;

    @Override
    public boolean isDone() {
        return different;
    }

    @Override
    public void changed(Place at, JsonNode desired, JsonNode live, String rule) {
        different = true;
    }

    @Override
    public void removed(Place at, JsonNode desired) {
        different = true;
    }

    @Override
    public void extra(Place at, JsonNode live, @Nullable JsonNode standard) {
        different = true;
    }

    @Override
    public void empty(Place at, JsonNode live) {
        // the same is no difference
    }

    @Override
    public void equivalent(Place at, JsonNode desired, @Nullable JsonNode live, String rule) {
        // the same is no difference
    }

    @Override
    public void tooDeep(int depth) {
        different = true;
    }
}
