package io.magpie.server.verb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.magpie.core.engine.Engine;
import io.magpie.core.engine.Person;
import io.magpie.core.fusion.Source;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileLinks;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import io.magpie.core.store.StateReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;

/** Everything that is held on a person, as JSON. For one thread, and one person after the other. */
final class ProfileDocument {
    private static final JsonFactory JSON = new JsonFactory();

    private final Engine engine;
    private final List<Source> sources;
    private final StateReader reader;
    private final ProfileRecord profile;
    private final SeenSet seen;

    ProfileDocument(Engine engine) {
        this.engine = engine;
        sources = engine.configuration().sources();
        reader = engine.newReader();
        profile = engine.newProfileRecord();
        seen = engine.newSeenSet();
    }

    /** Writes the document; returns false, and writes nothing, if nothing is held. */
    boolean write(Person who, OutputStream out) throws IOException {
        if (!who.read(reader, profile)) {
            return false;
        }
        long profileId = profile.profileId();
        if (!reader.readSeen(profileId, seen)) {
            seen.clear(profileId);
        }
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeFieldName("profileId");
            json.writeNumber(Long.toUnsignedString(profileId));
            json.writeNumberField("version", Integer.toUnsignedLong(profile.version()));
            json.writeNumberField("liveSpaceId", Integer.toUnsignedLong(engine.spaceId()));
            writeLinks(json);
            writeSlots(json);
            writeConsents(json);
            writeSeen(json, "seen", SeenDescriptor.KIND_SEEN);
            json.writeBooleanField("seenTruncated", seen.truncated());
            writeSeen(json, "shown", SeenDescriptor.KIND_SHOWN);
            json.writeBooleanField("shownTruncated", seen.shownTruncated());
            json.writeObjectFieldStart("eventIds");
            json.writeNumberField("hashesHeld", profile.eventCount());
            json.writeNumberField("mostHeld", ProfileDescriptor.EVENT_WINDOW);
            json.writeEndObject();
            json.writeEndObject();
        }
        return true;
    }

    /** Returns the version of the profile that was written last. */
    int version() {
        return profile.version();
    }

    /** What leads here. Of identities no id is held: the hash is, and says nothing without the key. */
    private void writeLinks(JsonGenerator json) throws IOException {
        ProfileLinks links = profile.links();
        json.writeArrayFieldStart("identities");
        for (int i = 0; i < links.identityCount(); i++) {
            json.writeStartObject();
            json.writeStringField("source", sourceName(links.identitySource(i)));
            json.writeStringField("hash", hex(links.identityHigh(i)) + hex(links.identityLow(i)));
            json.writeNumberField("timeMillis", links.identityTimeMillis(i));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("mergedProfileIds");
        for (int i = 0; i < links.redirectCount(); i++) {
            json.writeNumber(Long.toUnsignedString(links.redirect(i)));
        }
        json.writeEndArray();
    }

    private void writeSlots(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("slots");
        for (int slot = 0; slot < profile.slotCount(); slot++) {
            json.writeStartObject();
            json.writeStringField("source", sourceName(profile.slotSource(slot)));
            json.writeNumberField("spaceId", Integer.toUnsignedLong(profile.slotSpace(slot)));
            json.writeNumberField("evidence", profile.slotEvidence(slot));
            json.writeNumberField("timeMillis", profile.slotTimeMillis(slot));
            json.writeNumberField("norm", profile.slotNorm(slot));
            json.writeStringField("made", profile.isSlotPut(slot) ? "put" : "events");
            json.writeArrayFieldStart("vector");
            for (int i = 0; i < profile.dimension(); i++) {
                json.writeNumber(profile.vectors()[profile.vectorOffset(slot) + i]);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeConsents(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("consents");
        for (int source = 0; source < profile.sourceCapacity(); source++) {
            for (int purpose = 0; purpose < ProfileDescriptor.PURPOSES; purpose++) {
                int state = profile.consentState(source, purpose);
                if (state != ProfileDescriptor.CONSENT_UNSET) {
                    json.writeStartObject();
                    json.writeStringField("source", sourceName(source));
                    json.writeStringField("purpose", ControlHandlers.purposeName(purpose));
                    json.writeStringField("state", state == ProfileDescriptor.CONSENT_GRANTED ? "granted" : "denied");
                    json.writeNumberField("timeMillis", profile.consentTimeMillis(source, purpose));
                    json.writeEndObject();
                }
            }
        }
        json.writeEndArray();
    }

    private void writeSeen(JsonGenerator json, String field, int kind) throws IOException {
        json.writeArrayFieldStart(field);
        for (int i = 0; i < seen.count(); i++) {
            if (seen.kind(i) == kind) {
                json.writeStartObject();
                json.writeFieldName("itemId");
                json.writeNumber(Long.toUnsignedString(seen.itemId(i)));
                json.writeNumberField("timeSeconds", Integer.toUnsignedLong(seen.timeSeconds(i)));
                json.writeStringField("source", sourceName(seen.source(i)));
                json.writeNumberField("count", seen.count(i));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static String hex(long half) {
        return HexFormat.of().toHexDigits(Long.reverseBytes(half));
    }

    private String sourceName(int source) {
        if (source == SeenDescriptor.SOURCE_ANSWER) {
            return "answer";
        }
        return source < sources.size() ? sources.get(source).name() : "source-" + source;
    }
}
