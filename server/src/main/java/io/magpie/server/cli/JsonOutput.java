package io.magpie.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the one JSON object that {@code --json} asks for. */
final class JsonOutput {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonOutput() {}

    /** Fills an object. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** Returns an object as one line of text. */
    static String object(Fields fields) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** Prints an object as one line. */
    static void print(PrintWriter out, Fields fields) throws IOException {
        out.println(object(fields));
        out.flush();
    }

    /** Writes an object to a file, or prints it if the file's name is {@code -}. */
    static void write(Path file, PrintWriter out, Fields fields) throws IOException {
        if (file.toString().equals("-")) {
            print(out, fields);
            return;
        }
        String text = object(fields);
        try {
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw CommandException.failed(
                    file + ": cannot be written (" + e.getClass().getSimpleName()
                            + "): give a path in a folder that exists",
                    e);
        }
    }

    /** Writes an unsigned 64-bit id as the number it is. */
    static void id(JsonGenerator json, String name, long id) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(Long.toUnsignedString(id));
    }
}
