package dev.driftledger.desired.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/// The tokens that may turn out to begin a key, at most one for each level of brackets: until its
/// line ends or 1,024 characters passed.
final class PossibleKeys {
    private static final int KEY_CHARS_MAX = 1024;

    private final Cursor cursor;
    private final List<Key> keys = new ArrayList<>();
    private final Map<Integer, Integer> levels = new HashMap<>();

    /// One token.
    ///
    /// @param number of the token, counted from the start of the stream
    /// @param required whether anything else there is an error
    /// @param possible whether it still may begin a key
    record Key(int number, Mark mark, boolean required, boolean possible) {
        private Key impossible() {
            return new Key(number, mark, required, false);
        }
    }

    PossibleKeys(Cursor cursor) {
        this.cursor = cursor;
        keys.add(new Key(0, cursor.mark(), false, false));
    }

    /// How many brackets and braces are open.
    int depth() {
        return keys.size() - 1;
    }

    /// Behind an opening bracket, which is the token with that number.
    void descend(int number) {
        keys.add(new Key(number, cursor.mark(), false, false));
    }

    /// Behind a closing bracket. Where nothing was saved inside, the opening one is waited for no
    /// more, as in the reader that this one agrees with.
    void ascend() {
        if (depth() > 0) {
            levels.remove(keys.removeLast().number);
        }
    }

    /// Whether the token with that number may begin a key.
    boolean isPossible(int number) {
        Integer level = levels.get(number);
        return level != null && isPossibleAt(level);
    }

    private boolean isPossibleAt(int level) {
        Key key = keys.get(level);
        if (!key.possible) {
            return false;
        }
        boolean near =
                key.mark.getLine() >= cursor.line()
                        && key.mark.getIndex() + KEY_CHARS_MAX >= cursor.index();
        if (!near) {
            requireOptional(key);
            keys.set(level, key.impossible());
        }
        return near;
    }

    private static void requireOptional(Key key) {
        if (key.required) {
            throw new ScanException(key.mark.getLine(), "a key wants a colon and a space");
        }
    }

    /// The key that a colon here ends, which is none for any other; null when there is none.
    @Nullable Key take() {
        if (!isPossibleAt(depth())) {
            return null;
        }
        Key key = keys.getLast();
        keys.set(depth(), key.impossible());
        levels.remove(key.number);
        return key;
    }

    /// The next token, which has that number, may begin a key.
    void save(int number, boolean required) {
        forget();
        keys.set(depth(), new Key(number, cursor.mark(), required, true));
        levels.put(number, depth());
    }

    /// What was possible on this level is so no more.
    void forget() {
        Key key = keys.getLast();
        if (key.possible) {
            requireOptional(key);
            keys.set(depth(), key.impossible());
            levels.remove(key.number);
        }
    }
}
