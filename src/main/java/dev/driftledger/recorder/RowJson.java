package dev.driftledger.recorder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// Rows to JSON and back; times as ISO 8601 text, absent values left out.
final class RowJson {
    private static final JsonMapper MAPPER = mapper();

    private RowJson() {}

    static JsonNode write(Object row) {
        return MAPPER.valueToTree(row);
    }

    /// @throws IllegalArgumentException when the value is no such row
    static <R> R read(JsonNode value, Class<R> rowClass) {
        try {
            return MAPPER.treeToValue(value, rowClass);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "state row is no " + rowClass.getSimpleName() + ": " + e.getOriginalMessage(),
                    e);
        }
    }

    private static JsonMapper mapper() {
        SimpleModule times = new SimpleModule();
        times.addSerializer(Instant.class, new TextWriter<>());
        times.addSerializer(Duration.class, new TextWriter<>());
        times.addDeserializer(Instant.class, new TextReader<>(Instant::parse));
        times.addDeserializer(Duration.class, new TextReader<>(Duration::parse));
        return JsonMapper.builder()
                .addModule(times)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(
                                JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    private static final class TextWriter<T> extends JsonSerializer<T> {
        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider context)
                throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class TextReader<T> extends JsonDeserializer<T> {
        private final Function<String, T> parse;

        TextReader(Function<String, T> parse) {
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return parse.apply(in.getText());
        }
    }
}
