package io.magpie.load.scenario;

import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import io.magpie.client.SlotUpdate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts made data into a server, and finds out whether it is there already. */
public final class SyntheticLoader {
    private final MagpieClient client;
    private final SyntheticData data;
    private final ServerInfo info;

    /** @throws IllegalArgumentException if the server is not laid out for this data; says what to change */
    public SyntheticLoader(MagpieClient client, SyntheticData data) {
        this.client = client;
        this.data = data;
        this.info = client.serverInfo();
        int dimension = data.catalogue().dimension();
        if (info.dimension() != dimension) {
            throw new IllegalArgumentException("the server holds vectors of dimension " + info.dimension()
                    + ", the load test has " + dimension + ": give --dimension " + info.dimension());
        }
        if (info.sources().size() < SyntheticData.SOURCES) {
            throw new IllegalArgumentException("the load test needs a server with " + SyntheticData.SOURCES
                    + " sources, this one has " + info.sources().size() + ": start it with --sources");
        }
    }

    /** Returns whether the server holds nothing. */
    public boolean isEmpty() {
        return info.catalogueVersion() == 0;
    }

    /** Returns whether an earlier run has put this very data: as far as the first and last item and person tell. */
    public boolean isLoaded() {
        KnownCatalogue items = data.catalogue();
        for (int row : new int[] {0, items.size() / 2, items.size() - 1}) {
            float[] vector = vector(row);
            if (client.getItem(items.id(row))
                    .filter(item -> Arrays.equals(item.vector(), vector))
                    .isEmpty()) {
                return false;
            }
        }
        return client.getProfile(data.profileCount()).isPresent();
    }

    /** Returns whether this very data was put and no item has changed since: then nothing needs to be put again. */
    public boolean isUntouched() {
        return info.catalogueVersion() == data.catalogue().size() && isLoaded();
    }

    /** Puts all items and people; what an earlier run left hidden is shown again. */
    public void load(Bulk.Progress progress) throws InterruptedException {
        KnownCatalogue items = data.catalogue();
        int perFrame = Bulk.perFrame(info, items.dimension() * Float.BYTES + 64);
        Bulk bulk = new Bulk("items", items.size(), progress);
        for (int from = 0; from < items.size(); from += perFrame) {
            int to = Math.min(items.size(), from + perFrame);
            List<ItemUpdate> batch = new ArrayList<>(to - from);
            for (int row = from; row < to; row++) {
                batch.add(new ItemUpdate(
                        items.id(row),
                        vector(row),
                        items.bias(row),
                        new ItemAttributes(data.category(row), data.priceMinor(row), true, false)));
            }
            bulk.add(() -> client.async().putItems(info.spaceId(), batch), batch.size());
        }
        bulk.finish();
        loadPeople(perFrame, progress);
    }

    private void loadPeople(int perFrame, Bulk.Progress progress) throws InterruptedException {
        int recommend = info.purposeNumber("recommend");
        int people = Math.max(1, perFrame / SyntheticData.SOURCES);
        Bulk bulk = new Bulk("profiles", data.profileCount(), progress);
        for (int from = 1; from <= data.profileCount(); from += people) {
            int to = Math.min(data.profileCount() + 1, from + people);
            List<SlotUpdate> slots = new ArrayList<>();
            List<ConsentUpdate> consents = new ArrayList<>();
            for (long id = from; id < to; id++) {
                for (KnownProfile.Slot slot : data.profile(id).slots()) {
                    slots.add(new SlotUpdate(
                            id, slot.source(), info.spaceId(), slot.vector(), slot.evidence(), slot.timeMillis()));
                }
                for (int source = 0; source < SyntheticData.SOURCES; source++) {
                    consents.add(new ConsentUpdate(
                            id, source, recommend, ConsentState.GRANTED, SyntheticData.SLOT_TIME_MILLIS));
                }
            }
            bulk.add(() -> client.async().putSlots(slots), to - from);
            bulk.add(() -> client.async().setConsents(consents), 0);
        }
        bulk.finish();
    }

    /** Returns how the server weighs its sources; none is said to be own or derived, which the server does not tell. */
    public List<KnownSource> sources() {
        return info.sources().stream()
                .map(source -> new KnownSource(source.weight(), source.halfLifeMillis(), KnownSource.Kind.UNSAID))
                .toList();
    }

    private float[] vector(int row) {
        int dimension = data.catalogue().dimension();
        return Arrays.copyOfRange(data.catalogue().vectors(), row * dimension, (row + 1) * dimension);
    }
}
