package io.magpie.server.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads JSON lines: one flat object a line, whose values are scalars or arrays of scalars. Owned by one thread. */
final class JsonRowReader implements RowReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final DataFiles.Source source;
    private final BufferedReader lines;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> plainNames = new HashMap<>();
    private final StringBuilder array = new StringBuilder();
    private long linesRead;

    JsonRowReader(Path file) throws IOException {
        source = DataFiles.open(file);
        lines = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8));
    }

    @Override
    public boolean next() throws IOException, RowException {
        values.clear();
        String line;
        do {
            line = lines.readLine();
            linesRead++;
        } while (line != null && line.isBlank());
        if (line == null) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(line)) {
            readObject(parser);
        } catch (JsonProcessingException e) {
            throw new RowException("is not valid JSON");
        }
        return true;
    }

    @Override
    public long line() {
        return linesRead;
    }

    @Override
    public String value(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    @Override
    public double progress() {
        return source.progress();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private void readObject(JsonParser parser) throws IOException, RowException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new RowException("not one JSON object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = plainNames.computeIfAbsent(parser.currentName(), RowReader::plain);
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                values.put(name, readArray(parser));
            } else if (token == JsonToken.START_OBJECT) {
                throw new RowException("'" + name + "' is an object, and a value or a list is needed");
            } else if (token != JsonToken.VALUE_NULL) {
                values.put(name, parser.getText());
            }
        }
        if (parser.nextToken() != null) {
            throw new RowException("not one JSON object");
        }
    }

    private String readArray(JsonParser parser) throws IOException, RowException {
        array.setLength(0);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (!token.isScalarValue()) {
                throw new RowException("a list holds something that is no plain value");
            }
            array.append(array.length() == 0 ? "" : " ").append(parser.getText());
        }
        return array.toString();
    }
}
