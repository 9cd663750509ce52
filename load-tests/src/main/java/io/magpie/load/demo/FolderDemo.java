package io.magpie.load.demo;

import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.Event;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import io.magpie.client.SlotUpdate;
import io.magpie.load.scenario.Bulk;
import io.magpie.load.scenario.KnownCatalogue;
import io.magpie.load.scenario.KnownSource;
import io.magpie.load.scenario.NaiveScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Real people and goods out of a {@link FactorFolder}. An item's id is its row, and so is a person's. */
final class FolderDemo implements DemoData {
    /** Sources that tell what a person did; all others are taken for guesses. */
    private static final Set<String> OWN = Set.of("consumption", "payment", "commerce", "purchases");

    /** Most seen items that are put, people in their order: the story needs those of a few. */
    private static final int MOST_SEEN = 60_000;

    private final FactorFolder folder;
    private final KnownCatalogue catalogue;

    FolderDemo(FactorFolder folder) {
        this.folder = folder;
        int items = folder.itemCount();
        long[] ids = new long[items];
        for (int row = 0; row < items; row++) {
            ids[row] = row;
        }
        catalogue = new KnownCatalogue(folder.dimension(), ids, folder.items(), new float[items]);
    }

    @Override
    public String title() {
        return String.format(
                Locale.ROOT,
                "%s: %,d goods, %,d people, sources %s",
                folder.name(),
                folder.itemCount(),
                folder.userCount(),
                String.join(", ", folder.sources()));
    }

    @Override
    public String sourcesOption() {
        return folder.sources().stream()
                .map(source -> source + ":1:never:" + (OWN.contains(source) ? "own" : "derived"))
                .collect(Collectors.joining(","));
    }

    @Override
    public List<KnownSource> sources() {
        return folder.sources().stream()
                .map(source ->
                        new KnownSource(1, 0, OWN.contains(source) ? KnownSource.Kind.OWN : KnownSource.Kind.DERIVED))
                .toList();
    }

    @Override
    public List<String> sourceNames() {
        return folder.sources();
    }

    @Override
    public KnownCatalogue catalogue() {
        return catalogue;
    }

    @Override
    public int profileCount() {
        return folder.userCount() - 1;
    }

    @Override
    public void loadGoods(MagpieClient client, Bulk.Progress progress) throws InterruptedException {
        ServerInfo info = client.serverInfo();
        int perFrame = Bulk.perFrame(info, folder.dimension() * Float.BYTES + 64);
        Bulk bulk = new Bulk("goods", folder.itemCount(), progress);
        for (int from = 0; from < folder.itemCount(); from += perFrame) {
            List<ItemUpdate> batch = new ArrayList<>();
            for (int row = from; row < Math.min(folder.itemCount(), from + perFrame); row++) {
                batch.add(new ItemUpdate(row, item(row), ItemAttributes.NONE));
            }
            bulk.add(() -> client.async().putItems(info.spaceId(), batch), batch.size());
        }
        bulk.finish();
    }

    private float[] item(int row) {
        return Arrays.copyOfRange(folder.items(), row * folder.dimension(), (row + 1) * folder.dimension());
    }

    /** Seen items go in as events without strength; the slots put after them replace what those left. */
    @Override
    public String loadPeople(MagpieClient client, Bulk.Progress progress) throws InterruptedException {
        ServerInfo info = client.serverInfo();
        long now = info.timeMillis();
        int perFrame = Bulk.perFrame(info, folder.dimension() * Float.BYTES + 64);
        int recommend = info.purposeNumber("recommend");
        Bulk seen = new Bulk("seen items", folder.userCount(), progress);
        int seenCount = 0;
        for (int user = 0; user < folder.userCount() && seenCount < MOST_SEEN; user++) {
            int[] items = folder.seen(user);
            seenCount += items.length;
            for (int from = 0; from < items.length; from += perFrame) {
                List<Event> events = new ArrayList<>();
                for (int i = from; i < Math.min(items.length, from + perFrame); i++) {
                    events.add(new Event(user, eventSource(), items[i], 0, now));
                }
                seen.add(() -> client.async().recordEvents(events), 0);
            }
            seen.done(1);
        }
        seen.finish();
        Bulk bulk = new Bulk("people", folder.userCount(), progress);
        int slotCount = 0;
        int people = Math.max(1, perFrame / folder.sources().size());
        for (int from = 0; from < folder.userCount(); from += people) {
            int to = Math.min(folder.userCount(), from + people);
            List<SlotUpdate> slots = new ArrayList<>();
            List<ConsentUpdate> consents = new ArrayList<>();
            for (int user = from; user < to; user++) {
                for (int source = 0; source < folder.sources().size(); source++) {
                    consents.add(new ConsentUpdate(user, source, recommend, ConsentState.GRANTED, 1));
                    slots.add(new SlotUpdate(
                            user,
                            source,
                            info.spaceId(),
                            folder.user(source, user),
                            folder.evidence(source, user),
                            now));
                }
            }
            slotCount += slots.size();
            bulk.add(() -> client.async().putSlots(slots), to - from);
            bulk.add(() -> client.async().setConsents(consents), 0);
        }
        bulk.finish();
        return String.format(
                Locale.ROOT, "%,d people, %,d slots, %,d seen items", folder.userCount(), slotCount, seenCount);
    }

    @Override
    public String itemName(long itemId) {
        return itemId < 0 || itemId >= folder.itemCount() ? "?" : folder.itemName((int) itemId);
    }

    @Override
    public String itemDetail(long itemId) {
        return "";
    }

    /** The goods that the vector alone would bring. */
    @Override
    public String describe(float[] vector) {
        return top(vector, 2, Set.of()).stream()
                .map(scored -> itemName(scored.id()))
                .collect(Collectors.joining(" · "));
    }

    private List<NaiveScorer.Scored> top(float[] vector, int limit, Set<Long> excluded) {
        return NaiveScorer.top(catalogue, 0, vector, limit, excluded);
    }

    @Override
    public List<Hero> heroes() {
        List<Hero> heroes = new ArrayList<>();
        int seen = 0;
        for (int user = 1; user < folder.userCount() && heroes.size() < 3 && seen < MOST_SEEN; user++) {
            int items = folder.seen(user).length;
            seen += items;
            boolean all = true;
            for (int source = 0; source < folder.sources().size(); source++) {
                all &= norm(folder.user(source, user)) > 0 && folder.evidence(source, user) > 0;
            }
            if (all && items >= 3 && items <= 12 && user % 7 == 0) {
                heroes.add(new Hero(user, folder.userName(user)));
            }
        }
        if (heroes.size() < 3) {
            throw new IllegalStateException("the folder has not three people with something from every source and 3 to"
                    + " 12 seen items: folder=" + folder.name());
        }
        return heroes;
    }

    private static double norm(float[] vector) {
        double sum = 0;
        for (float each : vector) {
            sum += (double) each * each;
        }
        return sum;
    }

    /** The good that the second person's own source scores lowest among the best hundred of the first person. */
    @Override
    public long newInterest() {
        float[] own = folder.user(eventSource(), (int) heroes().get(1).id());
        float[] others = folder.user(eventSource(), (int) heroes().get(0).id());
        long found = -1;
        double lowest = Double.MAX_VALUE;
        for (NaiveScorer.Scored scored : top(others, 100, Set.of())) {
            double score = NaiveScorer.score(own, folder.items(), (int) scored.id() * folder.dimension(), 0);
            if (score < lowest) {
                lowest = score;
                found = scored.id();
            }
        }
        return found;
    }

    @Override
    public int eventSource() {
        for (int source = 0; source < folder.sources().size(); source++) {
            if (OWN.contains(folder.sources().get(source))) {
                return source;
            }
        }
        return 0;
    }

    @Override
    public int withdrawnSource() {
        return eventSource();
    }
}
