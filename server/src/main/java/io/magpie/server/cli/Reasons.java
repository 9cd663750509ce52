package io.magpie.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.magpie.client.Explanation;
import io.magpie.client.Recommendations;
import io.magpie.client.ServerInfo;
import io.magpie.client.SourceUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;

/** Why items are in an answer, as people and scripts read it. */
final class Reasons {
    static final Reasons NONE = new Reasons(null, Map.of());

    private final ServerInfo server;
    private final Map<Long, Explanation> byItem;

    /**
     * @param server knows the names of the sources; null if there are no reasons
     * @param byItem by item id, in the order to print
     */
    Reasons(ServerInfo server, Map<Long, Explanation> byItem) {
        this.server = server;
        this.byItem = byItem;
    }

    /** Prints a line for each item. */
    void print(PrintWriter out) {
        byItem.forEach((itemId, reason) -> {
            StringBuilder line = new StringBuilder("why " + Long.toUnsignedString(itemId) + ":");
            for (Explanation.Share share : reason.shares()) {
                line.append(' ').append(name(share.source())).append(' ');
                line.append(share.use() == SourceUse.USED ? String.valueOf((float) share.amount()) : share.use());
                line.append(',');
            }
            line.append(" bias ").append(reason.bias());
            for (int i = 0; i < reason.seenItems().size(); i++) {
                Recommendations.ScoredItem seen = reason.seenItems().get(i);
                line.append(i == 0 ? "; like seen " : ", ")
                        .append(Long.toUnsignedString(seen.itemId()))
                        .append(" (")
                        .append(seen.score())
                        .append(')');
            }
            out.println(line);
        });
    }

    /** Writes the field {@code why} of an item, if it has reasons. */
    void write(JsonGenerator object, long itemId) throws IOException {
        Explanation reason = byItem.get(itemId);
        if (reason == null) {
            return;
        }
        object.writeObjectFieldStart("why");
        writeFields(object, reason);
        object.writeEndObject();
    }

    /** Writes the fields of an explanation. */
    void writeFields(JsonGenerator object, Explanation reason) throws IOException {
        object.writeNumberField("score", reason.score());
        object.writeNumberField("bias", reason.bias());
        object.writeArrayFieldStart("shares");
        for (Explanation.Share share : reason.shares()) {
            object.writeStartObject();
            object.writeStringField("source", name(share.source()));
            object.writeNumberField("amount", share.amount());
            object.writeStringField("use", share.use().name());
            object.writeEndObject();
        }
        object.writeEndArray();
        object.writeArrayFieldStart("seen");
        for (Recommendations.ScoredItem seen : reason.seenItems()) {
            object.writeStartObject();
            JsonOutput.id(object, "itemId", seen.itemId());
            object.writeNumberField("product", seen.score());
            object.writeEndObject();
        }
        object.writeEndArray();
        object.writeNumberField("goneItems", reason.goneItems());
    }

    private String name(int source) {
        for (ServerInfo.Source each : server.sources()) {
            if (each.number() == source) {
                return each.name();
            }
        }
        return "source-" + source;
    }
}
