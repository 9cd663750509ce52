package io.magpie.client;

import io.magpie.protocol.Feature;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.RecommendReplyDecoder;
import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The form of "recommend for a profile", a person or a group, that allocates nothing: made once, filled, sent with
 * {@link MagpieAsyncClient#recommend(RecommendCall)}, and used again when the listener was called. In between it belongs
 * to the client and must not be changed. Not retried.
 *
 * <pre>{@code
 * RecommendCall call = new RecommendCall(new RecommendListener() {
 *     @Override
 *     public void onAnswer(RecommendCall call, RecommendReplyDecoder answer) {
 *         for (int i = 0; i < answer.itemCount(); i++) {
 *             show(answer.itemId(i), answer.itemScore(i));
 *         }
 *     }
 *
 *     @Override
 *     public void onFailure(RecommendCall call, MagpieException failure) {
 *         report(failure);
 *     }
 * });
 * client.async().recommend(call.profileId(profileId).limit(10));
 * }</pre>
 */
public final class RecommendCall {
    private final RecommendListener listener;
    private final Sent sent = new Sent();
    private final AtomicBoolean inFlight = new AtomicBoolean();
    private long profileId;
    private Person[] people;
    private boolean isGroup;
    private int limit = 10;
    private boolean excludeSeen;

    /**
     * @param listener hears how it ended
     */
    public RecommendCall(RecommendListener listener) {
        this.listener = listener;
    }

    /** Asks for this profile. */
    public RecommendCall profileId(long id) {
        requireFree();
        profileId = id;
        people = null;
        isGroup = false;
        return this;
    }

    /** Asks for a person, whom an identity may name; the object is kept, and can be used for many calls. */
    public RecommendCall person(Person who) {
        requireFree();
        profileId = who.profileId();
        people = who.isIdentity() ? new Person[] {who} : null;
        isGroup = false;
        return this;
    }

    /**
     * Asks for several persons together.
     *
     * @param members each named by a profile's id or by an identity; the array is kept and must not be changed
     */
    public RecommendCall group(Person... members) {
        requireFree();
        profileId = ProtocolLimits.RESERVED_ID;
        people = members;
        isGroup = true;
        return this;
    }

    /** Returns whose answer is asked for; 2^64-1 for an identity and for a group. */
    public long profileId() {
        return profileId;
    }

    /** Asks for this many items; 10 if this is not called. */
    public RecommendCall limit(int items) {
        requireFree();
        if (items < 1) {
            throw new IllegalArgumentException("one item or more can be asked for: limit=" + items);
        }
        limit = items;
        return this;
    }

    /** Says whether what the profile has seen is kept out. */
    public RecommendCall excludeSeen(boolean exclude) {
        requireFree();
        excludeSeen = exclude;
        return this;
    }

    /** Returns the features without which a server would misread this. */
    long features() {
        long features = isGroup ? Feature.QUESTIONS : 0;
        for (int i = 0; people != null && i < people.length; i++) {
            features |= Identities.features(people[i]);
        }
        return features;
    }

    private void requireFree() {
        if (inFlight.get()) {
            throw new IllegalStateException("the call is in flight: change it when its listener was called");
        }
    }

    /** Hands it to the client; the caller must send or fail what it gets. */
    Call take() {
        if (!inFlight.compareAndSet(false, true)) {
            throw new IllegalStateException("the call is in flight: send it again when its listener was called");
        }
        return sent;
    }

    private final class Sent extends Call {
        private final RecommendRequestEncoder encoder = new RecommendRequestEncoder();

        Sent() {
            super(MessageType.RECOMMEND);
        }

        @Override
        int append(ByteBuf out) {
            int offset = out.writerIndex();
            (isGroup ? encoder.wrap(out, MessageType.RECOMMEND, 0, 0) : encoder.wrap(out, 0, 0))
                    .kind(isGroup ? RecommendRequestDecoder.KIND_GROUP : RecommendRequestDecoder.KIND_PROFILE)
                    .flags(excludeSeen ? RecommendRequestDecoder.FLAG_EXCLUDE_SEEN : 0)
                    .limit(limit)
                    .profileId(profileId);
            if (people != null) {
                writePeople();
            }
            encoder.finish();
            return offset;
        }

        private void writePeople() {
            if (isGroup) {
                encoder.beginMembers(people.length);
                for (Person member : people) {
                    encoder.addMember(member.profileId());
                }
            }
            int identities = 0;
            for (Person named : people) {
                identities += named.isIdentity() ? 1 : 0;
            }
            if (identities == 0) {
                return;
            }
            encoder.beginIdentities(identities);
            for (int i = 0; i < people.length; i++) {
                if (people[i].isIdentity()) {
                    // Place 0 is the one person's; members follow it.
                    encoder.addIdentity(isGroup ? 1 + i : i, people[i].source(), people[i].externalId());
                }
            }
        }

        @Override
        void onReply(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
            RecommendReplyDecoder answer = Replies.wrapped(decoders.recommend, buffer, offset, length);
            inFlight.set(false);
            try {
                listener.onAnswer(RecommendCall.this, answer);
            } catch (RuntimeException e) {
                onListenerFailure(e);
            }
        }

        @Override
        void onFailure(MagpieException failure) {
            inFlight.set(false);
            try {
                listener.onFailure(RecommendCall.this, failure);
            } catch (RuntimeException e) {
                onListenerFailure(e);
            }
        }

        private void onListenerFailure(RuntimeException e) {
            // The listener's trouble must not become that of the connection and of everybody's calls.
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
