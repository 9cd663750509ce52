package io.magpie.load.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON as maps, lists, strings, doubles and booleans: reports are small, and no binding library is needed. */
public final class JsonTree {
    private JsonTree() {}

    /**
     * Reads one value.
     *
     * @throws IOException if it is no JSON
     */
    public static Object read(String json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            return value(parser);
        }
    }

    /** Returns what an object has under a key; null if it lacks it, or is no object. */
    public static Object get(Object from, String key) {
        return from instanceof Map<?, ?> map ? map.get(key) : null;
    }

    /** Returns a number of an object, or another if there is none: what is no number, JMH writes as text. */
    public static double number(Object from, String key, double otherwise) {
        return get(from, key) instanceof Double number ? number : otherwise;
    }

    /** Returns a text of an object, or what else there is as text; empty if there is nothing. */
    public static String text(Object from, String key) {
        Object value = get(from, key);
        return value == null ? "" : value.toString();
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("JSON ends too early");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }
}
