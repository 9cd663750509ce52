package io.magpie.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.magpie.client.Item;
import io.magpie.client.Profile;
import io.magpie.client.ServerInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints profiles and items, for people and as JSON. */
final class HeldOutput {
    private static final int SEEN_ON_SCREEN = 20;

    private HeldOutput() {}

    static void print(PrintWriter out, ServerInfo server, Profile profile, boolean vectors) {
        out.println("profile " + Long.toUnsignedString(profile.profileId()) + ", version "
                + Integer.toUnsignedString(profile.version()));
        out.println("slots: " + profile.slots().size());
        if (!profile.slots().isEmpty()) {
            TextTable table = new TextTable("source", ">space", ">evidence", ">norm", "last event");
            for (Profile.Slot slot : profile.slots()) {
                table.add(
                        sourceName(server, slot.source()),
                        Integer.toUnsignedString(slot.spaceId()),
                        number(slot.evidence()),
                        number(slot.norm()),
                        Instant.ofEpochMilli(slot.timeMillis()));
            }
            table.print(out, "  ");
        }
        if (vectors) {
            for (Profile.Slot slot : profile.slots()) {
                out.println("  " + sourceName(server, slot.source()) + " " + Arrays.toString(slot.vector()));
            }
        }
        out.println("consents: " + profile.consents().size());
        if (!profile.consents().isEmpty()) {
            TextTable table = new TextTable("source", "purpose", "state", "since");
            for (Profile.Consent consent : profile.consents()) {
                table.add(
                        sourceName(server, consent.source()),
                        purposeName(server, consent.purpose()),
                        consent.state().name().toLowerCase(Locale.ROOT),
                        Instant.ofEpochMilli(consent.timeMillis()));
            }
            table.print(out, "  ");
        }
        printSeen(out, server, profile);
        if (profile.consentRemoved()) {
            out.println("left out: what consent does not allow for this purpose");
        }
    }

    private static void printSeen(PrintWriter out, ServerInfo server, Profile profile) {
        int count = profile.seen().size();
        out.println("seen: " + count + (profile.seenTruncated() ? " (full: the oldest were dropped)" : "")
                + (count > SEEN_ON_SCREEN ? ", of which " + SEEN_ON_SCREEN + " here; --json has all" : ""));
        if (count > 0) {
            TextTable table = new TextTable(">item", "kind", "source", ">times", "last");
            for (Profile.Seen seen : profile.seen().subList(0, Math.min(count, SEEN_ON_SCREEN))) {
                table.add(
                        Long.toUnsignedString(seen.itemId()),
                        seen.shown() ? "shown" : "seen",
                        sourceName(server, seen.source()),
                        seen.count(),
                        Instant.ofEpochSecond(seen.timeSeconds()));
            }
            table.print(out, "  ");
        }
    }

    static void write(JsonGenerator object, ServerInfo server, Profile profile, boolean vectors) throws IOException {
        JsonOutput.id(object, "profileId", profile.profileId());
        object.writeNumberField("version", Integer.toUnsignedLong(profile.version()));
        object.writeArrayFieldStart("slots");
        for (Profile.Slot slot : profile.slots()) {
            object.writeStartObject();
            object.writeStringField("source", sourceName(server, slot.source()));
            object.writeNumberField("spaceId", Integer.toUnsignedLong(slot.spaceId()));
            object.writeNumberField("evidence", slot.evidence());
            object.writeNumberField("norm", slot.norm());
            object.writeNumberField("timeMillis", slot.timeMillis());
            if (vectors) {
                vector(object, slot.vector());
            }
            object.writeEndObject();
        }
        object.writeEndArray();
        object.writeArrayFieldStart("consents");
        for (Profile.Consent consent : profile.consents()) {
            object.writeStartObject();
            object.writeStringField("source", sourceName(server, consent.source()));
            object.writeStringField("purpose", purposeName(server, consent.purpose()));
            object.writeStringField("state", consent.state().name().toLowerCase(Locale.ROOT));
            object.writeNumberField("timeMillis", consent.timeMillis());
            object.writeEndObject();
        }
        object.writeEndArray();
        object.writeArrayFieldStart("seen");
        for (Profile.Seen seen : profile.seen()) {
            object.writeStartObject();
            JsonOutput.id(object, "itemId", seen.itemId());
            object.writeStringField("kind", seen.shown() ? "shown" : "seen");
            object.writeStringField("source", sourceName(server, seen.source()));
            object.writeNumberField("count", seen.count());
            object.writeNumberField("timeMillis", seen.timeSeconds() * 1000);
            object.writeEndObject();
        }
        object.writeEndArray();
        object.writeBooleanField("seenTruncated", profile.seenTruncated());
        object.writeBooleanField("consentRemoved", profile.consentRemoved());
        JsonOutput.id(object, "catalogueVersion", profile.catalogueVersion());
        object.writeNumberField("spaceId", Integer.toUnsignedLong(profile.spaceId()));
        object.writeNumberField("timeMillis", profile.timeMillis());
    }

    static void print(PrintWriter out, Item item, boolean vectors) {
        out.println("item " + Long.toUnsignedString(item.itemId()) + ", version "
                + Integer.toUnsignedString(item.version()) + ", space " + Integer.toUnsignedString(item.spaceId()));
        out.println("category  " + Integer.toUnsignedString(item.attributes().category()));
        out.println("price     " + item.attributes().priceMinor() + " minor units");
        out.println("tags      " + tags(item));
        out.println("in stock  " + (item.attributes().inStock() ? "yes" : "no"));
        out.println("hidden    " + (item.attributes().hidden() ? "yes" : "no"));
        out.println("bias      " + item.bias());
        out.println("vector    "
                + (vectors ? Arrays.toString(item.vector()) : item.vector().length + " values (--vectors)"));
    }

    static void write(JsonGenerator object, Item item, boolean vectors) throws IOException {
        JsonOutput.id(object, "itemId", item.itemId());
        object.writeNumberField("version", Integer.toUnsignedLong(item.version()));
        object.writeNumberField("spaceId", Integer.toUnsignedLong(item.spaceId()));
        object.writeNumberField("bias", item.bias());
        object.writeNumberField(
                "category", Integer.toUnsignedLong(item.attributes().category()));
        object.writeNumberField("price", item.attributes().priceMinor());
        object.writeBooleanField("inStock", item.attributes().inStock());
        object.writeBooleanField("hidden", item.attributes().hidden());
        object.writeArrayFieldStart("tags");
        for (int tag : item.attributes().tags()) {
            object.writeNumber(Integer.toUnsignedLong(tag));
        }
        object.writeEndArray();
        if (vectors) {
            vector(object, item.vector());
        }
        JsonOutput.id(object, "catalogueVersion", item.catalogueVersion());
        object.writeNumberField("timeMillis", item.timeMillis());
    }

    private static String tags(Item item) {
        int[] tags = item.attributes().tags();
        return tags.length == 0
                ? "none"
                : Arrays.stream(tags).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(" "));
    }

    private static void vector(JsonGenerator object, float[] vector) throws IOException {
        object.writeArrayFieldStart("vector");
        for (float value : vector) {
            object.writeNumber(value);
        }
        object.writeEndArray();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    private static String sourceName(ServerInfo server, int number) {
        for (ServerInfo.Source source : server.sources()) {
            if (source.number() == number) {
                return source.name();
            }
        }
        return number == 255 ? "answer" : "source" + number;
    }

    private static String purposeName(ServerInfo server, int number) {
        for (ServerInfo.Purpose purpose : server.purposes()) {
            if (purpose.number() == number) {
                return purpose.name();
            }
        }
        return "purpose" + number;
    }
}
