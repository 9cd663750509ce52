package io.magpie.server.cli.bulk;

import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.Mark;
import io.magpie.client.SlotUpdate;
import io.magpie.server.data.FactorFolder;
import java.util.function.IntFunction;

/**
 * Rows of a factor folder that is in memory: an item's id is its row, a person's too. Owned by one thread.
 *
 * @param <T> the SDK's type of the change
 */
public final class FolderRows<T> implements RowSource<T> {
    private final IntFunction<String> words;
    private final int count;
    private final Maker<T> maker;
    private int next;

    private interface Maker<T> {
        T make(int row);
    }

    private FolderRows(String word, int count, Maker<T> maker) {
        this(row -> word + row, count, maker);
    }

    private FolderRows(IntFunction<String> words, int count, Maker<T> maker) {
        this.words = words;
        this.count = count;
        this.maker = maker;
    }

    /** Returns the items. */
    public static FolderRows<ItemUpdate> items(FactorFolder folder) {
        return new FolderRows<>(
                "items.fvecs row ",
                folder.items().rows(),
                row -> new ItemUpdate(row, folder.items().row(row), ItemAttributes.NONE));
    }

    /**
     * Returns the slots with their evidence, zero rows too: one person after the other, as the server writes the slots of one
     * at once.
     *
     * @param numbers of the folder's sources at the server
     */
    public static FolderRows<SlotUpdate> slots(FactorFolder folder, int[] numbers, int spaceId, long timeMillis) {
        int sources = numbers.length;
        return new FolderRows<>(
                row -> "user_" + folder.sources().get(row % sources) + ".fvecs row " + row / sources,
                Math.multiplyExact(folder.userNames().size(), sources),
                row -> {
                    int user = row / sources;
                    int source = row % sources;
                    return new SlotUpdate(
                            user,
                            numbers[source],
                            spaceId,
                            folder.userVectors(source).row(user),
                            folder.evidence(user, source),
                            timeMillis);
                });
    }

    /** Returns what people have seen, one person after the other. */
    public static FolderRows<Mark> seen(FactorFolder folder, int number, long timeMillis) {
        long[] pairs = new long[folder.seenCount()];
        int count = 0;
        for (int user = 0; user < folder.userNames().size(); user++) {
            for (int item : folder.seen(user)) {
                pairs[count++] = (long) user << 32 | item;
            }
        }
        return new FolderRows<>(
                "seen.tsv item ",
                count,
                row -> new Mark(pairs[row] >>> 32, number, pairs[row] & 0xFFFF_FFFFL, false, timeMillis));
    }

    /** Returns granted consents for one source and purpose, one a person. */
    public static FolderRows<ConsentUpdate> grants(FactorFolder folder, int number, int purpose, long timeMillis) {
        return new FolderRows<>(
                "users.txt row ",
                folder.userNames().size(),
                user -> new ConsentUpdate(user, number, purpose, ConsentState.GRANTED, timeMillis));
    }

    @Override
    public T next() {
        return next == count ? null : maker.make(next++);
    }

    @Override
    public long place() {
        return next - 1;
    }

    @Override
    public String position(long place) {
        return words.apply((int) place);
    }

    @Override
    public double progress() {
        return count == 0 ? 1.0 : (double) next / count;
    }

    @Override
    public void close() {
        // All of it is in memory.
    }
}
