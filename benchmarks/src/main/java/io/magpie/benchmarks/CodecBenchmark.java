package io.magpie.benchmarks;

import io.magpie.protocol.GetProfileReplyDecoder;
import io.magpie.protocol.GetProfileReplyEncoder;
import io.magpie.protocol.RecommendReplyDecoder;
import io.magpie.protocol.RecommendReplyEncoder;
import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writing and reading the frames of the hot path: a recommend with its ten items, a profile of three slots of 64. Beside them
 * the floor: copying as many bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    private static final int ITEMS = 10;
    private static final int SLOTS = 3;
    private static final int DIMENSION = 64;

    private final RecommendRequestEncoder requestEncoder = new RecommendRequestEncoder();
    private final RecommendRequestDecoder requestDecoder = new RecommendRequestDecoder();
    private final RecommendReplyEncoder replyEncoder = new RecommendReplyEncoder();
    private final RecommendReplyDecoder replyDecoder = new RecommendReplyDecoder();
    private final GetProfileReplyEncoder profileEncoder = new GetProfileReplyEncoder();
    private final GetProfileReplyDecoder profileDecoder = new GetProfileReplyDecoder();
    private final float[] vector = new float[DIMENSION];
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(1 << 14);
    private final ByteBuf request = PooledByteBufAllocator.DEFAULT.directBuffer(1 << 10);
    private final ByteBuf reply = PooledByteBufAllocator.DEFAULT.directBuffer(1 << 12);
    private final ByteBuf profile = PooledByteBufAllocator.DEFAULT.directBuffer(1 << 14);

    /** Writes the frames that are read. */
    @Setup
    public void write() {
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = i;
        }
        writeRequest(request);
        writeReply(reply);
        writeProfile(profile);
        if (readRequest() != Status.OK || readReply() < 0 || readProfile() != DIMENSION - 1) {
            throw new IllegalStateException("wrong answers before anything is measured");
        }
    }

    /** Gives the buffers back. */
    @TearDown
    public void release() {
        out.release();
        request.release();
        reply.release();
        profile.release();
    }

    private void writeRequest(ByteBuf into) {
        requestEncoder.wrap(into, 1, 0).limit(ITEMS).profileId(12_345).finish();
    }

    private void writeReply(ByteBuf into) {
        replyEncoder.wrap(into, 1).profileId(12_345).catalogueVersion(7).beginItems(ITEMS);
        for (int i = 0; i < ITEMS; i++) {
            replyEncoder.addItem(i, ITEMS - i);
        }
        replyEncoder.beginEventStatuses(0);
        replyEncoder.finish();
    }

    private void writeProfile(ByteBuf into) {
        profileEncoder.wrap(into, 1).profileId(12_345).beginSlots(SLOTS);
        for (int i = 0; i < SLOTS; i++) {
            profileEncoder.addSlot(3, 1_700_000_000_000L, 1, 1, i);
        }
        profileEncoder.beginVectors(SLOTS, DIMENSION);
        for (int i = 0; i < SLOTS; i++) {
            profileEncoder.addVector(vector, 0, DIMENSION);
        }
        profileEncoder.finish();
    }

    /** A recommend, written. */
    @Benchmark
    public ByteBuf encodeRecommend() {
        writeRequest(out.clear());
        return out;
    }

    /** A recommend, checked and read. */
    @Benchmark
    public Status decodeRecommend() {
        return readRequest();
    }

    private Status readRequest() {
        return requestDecoder.wrap(request, 0, request.writerIndex());
    }

    /** Ten items, written. */
    @Benchmark
    public ByteBuf encodeRecommendReply() {
        writeReply(out.clear());
        return out;
    }

    /** Ten items, checked and read. */
    @Benchmark
    public long decodeRecommendReply() {
        return readReply();
    }

    private long readReply() {
        if (replyDecoder.wrap(reply, 0, reply.writerIndex()) != Status.OK) {
            return -1;
        }
        long sum = 0;
        for (int i = 0; i < ITEMS; i++) {
            sum += replyDecoder.itemId(i) + (long) replyDecoder.itemScore(i);
        }
        return sum;
    }

    /** A profile, written. */
    @Benchmark
    public ByteBuf encodeProfileReply() {
        writeProfile(out.clear());
        return out;
    }

    /** A profile, checked, and its vectors copied. */
    @Benchmark
    public float decodeProfileReply() {
        return readProfile();
    }

    private float readProfile() {
        if (profileDecoder.wrap(profile, 0, profile.writerIndex()) != Status.OK) {
            return -1;
        }
        for (int i = 0; i < SLOTS; i++) {
            profileDecoder.copyVector(i, vector);
        }
        return vector[DIMENSION - 1];
    }

    /** The floor of a profile's reply. */
    @Benchmark
    public ByteBuf copyOfAProfileReply() {
        return out.clear().writeBytes(profile, 0, profile.writerIndex());
    }
}
