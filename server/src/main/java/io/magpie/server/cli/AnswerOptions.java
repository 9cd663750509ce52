package io.magpie.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.magpie.client.RecommendationFlag;
import io.magpie.client.Recommendations;
import io.magpie.server.data.NameFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How an answer is printed: as a table, or as one JSON object. */
final class AnswerOptions {
    @Option(
            names = "--names",
            paramLabel = "FILE",
            description =
                    "prints names beside ids: a file with ID TAB NAME a line, or a name a line, the first for id 0")
    private Path names;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    private NameFile nameFile;

    /** Reads the names, so that a wrong file is told before anything is asked. */
    void check() throws IOException {
        nameFile = names == null ? null : NameFile.read(names);
    }

    /**
     * Prints an answer.
     *
     * @param subject whom or what it is for, for people
     * @param profile whose it is, or null
     */
    void print(PrintWriter out, String subject, Long profile, Recommendations answer) throws IOException {
        print(out, subject, profile, answer, Reasons.NONE);
    }

    /** Prints an answer, with the reasons of those of its items that have some. */
    void print(PrintWriter out, String subject, Long profile, Recommendations answer, Reasons reasons)
            throws IOException {
        if (json) {
            JsonOutput.print(out, object -> write(object, profile, answer, reasons));
        } else {
            printTable(out, subject, answer);
            reasons.print(out);
        }
    }

    private void printTable(PrintWriter out, String subject, Recommendations answer) {
        out.println(subject + ": " + answer.items().size() + " items, catalogue version "
                + Long.toUnsignedString(answer.catalogueVersion()) + ", space "
                + Integer.toUnsignedString(answer.spaceId()));
        TextTable table = nameFile == null
                ? new TextTable(">rank", ">item", "score")
                : new TextTable(">rank", ">item", "score", "name");
        int rank = 0;
        for (Recommendations.ScoredItem item : answer.items()) {
            rank++;
            String id = Long.toUnsignedString(item.itemId());
            Object score = Float.isNaN(item.score()) ? "unknown" : item.score();
            if (nameFile == null) {
                table.add(rank, id, score);
            } else {
                String name = nameFile.name(item.itemId());
                table.add(rank, id, score, name == null ? "" : name);
            }
        }
        table.print(out, "");
        if (!answer.flags().isEmpty()) {
            out.println("flags: "
                    + String.join(", ", answer.flags().stream().map(Enum::name).toList()));
        }
    }

    private void write(JsonGenerator object, Long profile, Recommendations answer, Reasons reasons) throws IOException {
        if (profile == null) {
            object.writeNullField("profileId");
        } else {
            JsonOutput.id(object, "profileId", profile);
        }
        object.writeArrayFieldStart("items");
        for (Recommendations.ScoredItem item : answer.items()) {
            object.writeStartObject();
            JsonOutput.id(object, "itemId", item.itemId());
            if (Float.isNaN(item.score())) {
                object.writeNullField("score");
            } else {
                object.writeNumberField("score", item.score());
            }
            String name = nameFile == null ? null : nameFile.name(item.itemId());
            if (name != null) {
                object.writeStringField("name", name);
            }
            reasons.write(object, item.itemId());
            object.writeEndObject();
        }
        object.writeEndArray();
        object.writeArrayFieldStart("flags");
        for (RecommendationFlag flag : answer.flags()) {
            object.writeString(flag.name());
        }
        object.writeEndArray();
        JsonOutput.id(object, "catalogueVersion", answer.catalogueVersion());
        object.writeNumberField("spaceId", Integer.toUnsignedLong(answer.spaceId()));
        object.writeNumberField("profileVersion", Integer.toUnsignedLong(answer.profileVersion()));
        object.writeNumberField("timeMillis", answer.timeMillis());
        object.writeNumberField("scannedItems", answer.scannedItems());
        object.writeNumberField("scoredItems", answer.scoredItems());
        object.writeNumberField("unknownItems", answer.unknownItems());
        object.writeNumberField("unknownMembers", answer.unknownMembers());
        if (answer.has(RecommendationFlag.DEADLINE)) {
            object.writeNumberField("unseenBound", answer.unseenBound());
        }
    }
}
