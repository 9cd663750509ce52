package io.magpie.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** What is written is read, for any values; several frames in one buffer, and none starts at 0. */
class RoundTripPropertiesTest {
    private final ByteBuf buffer = Unpooled.buffer().writeZero(13);

    private void wrap(MessageDecoder decoder, int length) {
        assertThat(decoder.wrap(buffer, buffer.writerIndex() - length, length)).isEqualTo(Status.OK);
    }

    @Property(tries = 300)
    void shouldReadRecommendAsWritten(
            @ForAll long profileId,
            @ForAll @IntRange(min = 1, max = ProtocolLimits.MAX_LIMIT) int limit,
            @ForAll @Size(max = 50) long[] excluded,
            @ForAll @Size(max = 50) int[] tags,
            @ForAll @Size(max = 50) long[] included,
            @ForAll double weight) {
        RecommendRequestEncoder encoder = new RecommendRequestEncoder()
                .wrap(buffer, profileId, limit)
                .limit(limit)
                .profileId(profileId)
                .beginSourceWeights(1)
                .addSourceWeight(weight, 200)
                .beginExcludedIds(excluded.length);
        for (long id : excluded) {
            encoder.addExcludedId(id);
        }
        encoder.beginTagsAny(tags.length);
        for (int tag : tags) {
            encoder.addTagAny(tag);
        }
        encoder.beginIncludedIds(included.length);
        for (long id : included) {
            encoder.addIncludedId(id);
        }
        RecommendRequestDecoder decoder = new RecommendRequestDecoder();
        wrap(decoder, encoder.finish());

        assertThat(decoder.profileId()).isEqualTo(profileId);
        assertThat(decoder.limit()).isEqualTo(limit);
        assertThat(decoder.sourceWeightWeight(0)).isEqualTo(weight);
        assertThat(decoder.sourceWeightSource(0)).isEqualTo(200);
        assertThat(decoder.excludedIdCount()).isEqualTo(excluded.length);
        for (int i = 0; i < excluded.length; i++) {
            assertThat(decoder.excludedId(i)).isEqualTo(excluded[i]);
        }
        assertThat(decoder.tagAllCount()).isZero();
        assertThat(decoder.tagAnyCount()).isEqualTo(tags.length);
        for (int i = 0; i < tags.length; i++) {
            assertThat(decoder.tagAny(i)).isEqualTo(tags[i]);
        }
        assertThat(decoder.includedIdCount()).isEqualTo(included.length);
        for (int i = 0; i < included.length; i++) {
            assertThat(decoder.includedId(i)).isEqualTo(included[i]);
        }
    }

    @Property(tries = 300)
    void shouldReadVectorsAsWritten(
            @ForAll @Size(min = 1, max = 1024) float[] vector, @ForAll @IntRange(min = 1, max = 5) int count) {
        PutSlotsRequestEncoder encoder =
                new PutSlotsRequestEncoder().wrap(buffer, 1, 0).beginSlots(count);
        for (int i = 0; i < count; i++) {
            encoder.addSlot(i, -i, i / 3.0, i * 7, i);
        }
        encoder.beginVectors(count, vector.length);
        for (int i = 0; i < count; i++) {
            encoder.addVector(vector, 0, vector.length);
        }
        PutSlotsRequestDecoder decoder = new PutSlotsRequestDecoder();
        wrap(decoder, encoder.finish());

        assertThat(decoder.dimension()).isEqualTo(vector.length);
        assertThat(decoder.slotCount()).isEqualTo(count);
        float[] read = new float[vector.length];
        for (int i = 0; i < count; i++) {
            decoder.copyVector(i, read);
            assertThat(read).isEqualTo(vector);
            assertThat(decoder.slotProfileId(i)).isEqualTo(i);
            assertThat(decoder.slotTimeMillis(i)).isEqualTo(-i);
            assertThat(decoder.slotEvidence(i)).isEqualTo(i / 3.0);
            assertThat(decoder.slotSpaceId(i)).isEqualTo(i * 7);
            assertThat(decoder.slotSource(i)).isEqualTo(i);
        }
    }

    @Property(tries = 300)
    void shouldReadEventsAsWritten(@ForAll @Size(max = 100) long[] values, @ForAll double strength) {
        RecordEventsRequestEncoder encoder =
                new RecordEventsRequestEncoder().wrap(buffer, 1, 0).beginEvents(values.length);
        for (long value : values) {
            encoder.addEvent(value, ~value, value >> 1, value << 1, strength, (int) value & 0xFF);
        }
        RecordEventsRequestDecoder decoder = new RecordEventsRequestDecoder();
        wrap(decoder, encoder.finish());

        assertThat(decoder.eventCount()).isEqualTo(values.length);
        for (int i = 0; i < values.length; i++) {
            assertThat(decoder.eventProfileId(i)).isEqualTo(values[i]);
            assertThat(decoder.eventItemId(i)).isEqualTo(~values[i]);
            assertThat(decoder.eventTimeMillis(i)).isEqualTo(values[i] >> 1);
            assertThat(decoder.eventId(i)).isEqualTo(values[i] << 1);
            assertThat(decoder.eventStrength(i)).isEqualTo(strength);
            assertThat(decoder.eventSource(i)).isEqualTo((int) values[i] & 0xFF);
        }
    }

    @Property(tries = 300)
    void shouldReadAnswerAsWritten(
            @ForAll @Size(max = 100) long[] ids, @ForAll float score, @ForAll int flags, @ForAll long version) {
        RecommendReplyEncoder encoder = new RecommendReplyEncoder()
                .wrap(buffer, version)
                .catalogueVersion(version)
                .flags(flags)
                .unseenBound(score)
                .beginItems(ids.length);
        for (long id : ids) {
            encoder.addItem(id, score);
        }
        int length = encoder.finish();
        RecommendReplyDecoder decoder = new RecommendReplyDecoder();
        wrap(decoder, length);

        assertThat(FrameHeader.correlationId(buffer, buffer.writerIndex() - length))
                .isEqualTo(version);
        assertThat(decoder.catalogueVersion()).isEqualTo(version);
        assertThat(decoder.flags()).isEqualTo(flags);
        assertThat(decoder.unseenBound()).isEqualTo(score);
        assertThat(decoder.itemCount()).isEqualTo(ids.length);
        for (int i = 0; i < ids.length; i++) {
            assertThat(decoder.itemId(i)).isEqualTo(ids[i]);
            assertThat(decoder.itemScore(i)).isEqualTo(score);
        }
    }

    @Property(tries = 300)
    void shouldReadTextAsWritten(
            @ForAll @StringLength(max = 80) String token, @ForAll @StringLength(max = 80) String name) {
        String valid = token.replaceAll("\\p{Cs}", "?");
        String validName = name.replaceAll("\\p{Cs}", "?");
        HelloRequestDecoder decoder = new HelloRequestDecoder();
        wrap(
                decoder,
                new HelloRequestEncoder()
                        .wrap(buffer, 1, 0)
                        .token(valid)
                        .clientName(validName)
                        .finish());

        assertThat(decoder.token()).isEqualTo(valid);
        assertThat(decoder.clientName()).isEqualTo(validName);
    }
}
