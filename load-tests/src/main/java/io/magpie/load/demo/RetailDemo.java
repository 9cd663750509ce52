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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A made-up shop: {@link RetailCatalogue} and {@link RetailPeople}. */
final class RetailDemo implements DemoData {
    private static final long SEED = 42;
    private static final int PEOPLE = 30_000;
    private static final long DAY_MILLIS = 24L * 3600 * 1000;

    private final RetailCatalogue goods = new RetailCatalogue(SEED);
    private final RetailPeople people = new RetailPeople(goods, SEED, PEOPLE);
    private final KnownCatalogue catalogue;

    RetailDemo() {
        List<RetailCatalogue.Item> items = goods.items();
        long[] ids = new long[items.size()];
        float[] vectors = new float[items.size() * RetailCatalogue.DIMENSION];
        float[] biases = new float[items.size()];
        for (int row = 0; row < ids.length; row++) {
            ids[row] = items.get(row).id();
            biases[row] = items.get(row).bias();
            System.arraycopy(
                    items.get(row).vector(), 0, vectors, row * RetailCatalogue.DIMENSION, RetailCatalogue.DIMENSION);
        }
        catalogue = new KnownCatalogue(RetailCatalogue.DIMENSION, ids, vectors, biases);
    }

    @Override
    public String title() {
        return String.format(
                Locale.ROOT,
                "a made-up shop: %,d goods in %d categories, %,d people whom three sources know in part",
                goods.items().size(),
                goods.categoryCount(),
                PEOPLE);
    }

    @Override
    public String sourcesOption() {
        return "social:1:90d:derived,payment:1:60d:own,commerce:1:30d:own";
    }

    @Override
    public List<KnownSource> sources() {
        return List.of(
                new KnownSource(1, 90 * DAY_MILLIS, KnownSource.Kind.DERIVED),
                new KnownSource(1, 60 * DAY_MILLIS, KnownSource.Kind.OWN),
                new KnownSource(1, 30 * DAY_MILLIS, KnownSource.Kind.OWN));
    }

    @Override
    public List<String> sourceNames() {
        return RetailPeople.SOURCES;
    }

    @Override
    public KnownCatalogue catalogue() {
        return catalogue;
    }

    @Override
    public int profileCount() {
        return PEOPLE;
    }

    @Override
    public void loadGoods(MagpieClient client, Bulk.Progress progress) throws InterruptedException {
        ServerInfo info = client.serverInfo();
        List<ItemUpdate> updates = goods.items().stream()
                .map(item -> new ItemUpdate(
                        item.id(),
                        item.vector(),
                        item.bias(),
                        new ItemAttributes(item.category() + 1, item.priceMinor(), item.inStock(), false, item.tags())))
                .toList();
        int perFrame = Bulk.perFrame(info, RetailCatalogue.DIMENSION * Float.BYTES + 128);
        Bulk bulk = new Bulk("goods", updates.size(), progress);
        for (int from = 0; from < updates.size(); from += perFrame) {
            List<ItemUpdate> batch = updates.subList(from, Math.min(updates.size(), from + perFrame));
            bulk.add(() -> client.async().putItems(info.spaceId(), batch), batch.size());
        }
        bulk.finish();
    }

    @Override
    public String loadPeople(MagpieClient client, Bulk.Progress progress) throws InterruptedException {
        ServerInfo info = client.serverInfo();
        long now = info.timeMillis();
        int perFrame = Bulk.perFrame(info, RetailCatalogue.DIMENSION * Float.BYTES + 64);
        int recommend = info.purposeNumber("recommend");
        long slotCount = 0;
        long eventCount = 0;
        Bulk bulk = new Bulk("people", PEOPLE, progress);
        List<SlotUpdate> slots = new ArrayList<>();
        List<ConsentUpdate> consents = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (long id = 1; id <= PEOPLE; id++) {
            Person person = people.person(id);
            addSlot(slots, person.id(), RetailPeople.SOCIAL, person.social(), info.spaceId(), now);
            addSlot(slots, person.id(), RetailPeople.PAYMENT, person.payment(), info.spaceId(), now);
            for (int source = 0; source < RetailPeople.SOURCES.size(); source++) {
                Person.Consent said = person.consents()[source];
                if (said != Person.Consent.UNSET) {
                    ConsentState state = said == Person.Consent.GRANTED ? ConsentState.GRANTED : ConsentState.DENIED;
                    consents.add(new ConsentUpdate(id, source, recommend, state, now - 500 * DAY_MILLIS));
                }
            }
            for (Person.Event event : person.events()) {
                events.add(new Event(
                        id, RetailPeople.COMMERCE, event.item().id(), event.strength(), now - event.ageMillis()));
            }
            if (id == PEOPLE || id % (perFrame / 4) == 0) {
                slotCount += slots.size();
                eventCount += events.size();
                sendAll(client, bulk, slots, consents, events, perFrame);
                bulk.done((int) Math.min(perFrame / 4, id));
            }
        }
        bulk.finish();
        return String.format(Locale.ROOT, "%,d people, %,d slots, %,d events", PEOPLE, slotCount, eventCount);
    }

    private static void addSlot(List<SlotUpdate> slots, long id, int source, Person.Slot slot, int spaceId, long now) {
        if (slot != null) {
            slots.add(new SlotUpdate(id, source, spaceId, slot.vector(), slot.evidence(), now - slot.ageMillis()));
        }
    }

    private static void sendAll(
            MagpieClient client,
            Bulk bulk,
            List<SlotUpdate> slots,
            List<ConsentUpdate> consents,
            List<Event> events,
            int perFrame)
            throws InterruptedException {
        for (int from = 0; from < slots.size(); from += perFrame) {
            List<SlotUpdate> part = part(slots, from, perFrame);
            bulk.add(() -> client.async().putSlots(part), 0);
        }
        for (int from = 0; from < consents.size(); from += perFrame) {
            List<ConsentUpdate> part = part(consents, from, perFrame);
            bulk.add(() -> client.async().setConsents(part), 0);
        }
        for (int from = 0; from < events.size(); from += perFrame) {
            List<Event> part = part(events, from, perFrame);
            bulk.add(() -> client.async().recordEvents(part), 0);
        }
        slots.clear();
        consents.clear();
        events.clear();
    }

    private static <T> List<T> part(List<T> all, int from, int count) {
        return List.copyOf(all.subList(from, Math.min(all.size(), from + count)));
    }

    @Override
    public String itemName(long itemId) {
        RetailCatalogue.Item item = goods.byId(itemId);
        return item == null ? "?" : item.name();
    }

    @Override
    public String itemDetail(long itemId) {
        RetailCatalogue.Item item = goods.byId(itemId);
        return item == null
                ? ""
                : String.format(
                        Locale.ROOT, "%-21s %7.2f", goods.categoryName(item.category()), item.priceMinor() / 100.0);
    }

    /** The categories that lie nearest, and whether it leans to dear or cheap goods. */
    @Override
    public String describe(float[] vector) {
        String nearest =
                nearestCategories(vector).limit(3).mapToObj(goods::categoryName).collect(Collectors.joining(", "));
        double dear = Vectors.cosine(goods.priceDirection(), vector);
        return nearest + (dear > 0.25 ? "; rather dear" : dear < -0.25 ? "; rather cheap" : "");
    }

    private IntStream nearestCategories(float[] vector) {
        return IntStream.range(0, goods.categoryCount())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Vectors.cosine(goods.categoryDirection(i), vector)))
                .mapToInt(Integer::intValue);
    }

    @Override
    public List<Hero> heroes() {
        int tents = goods.category("Tents");
        return List.of(
                hero(person -> person.persona().equals("home cook")
                        && person.payment() != null
                        && person.events().size() >= 5
                        && person.interests()[0] == goods.category("Pots & pans")),
                hero(person -> person.persona().equals("young family")
                        && person.payment() == null
                        && person.events().size() >= 2
                        && person.events().size() <= 4
                        && person.events().stream()
                                .noneMatch(event -> event.item().category() == tents)),
                hero(person -> person.persona().equals("gardener")
                        && person.payment() != null
                        && person.events().size() == 2
                        && person.events().stream().noneMatch(this::isForGarden)));
    }

    private boolean isForGarden(Person.Event event) {
        return goods.domain(event.item().category()).equals("garden");
    }

    /** The first person of that kind with something from social, and consent for every source. */
    private Hero hero(Predicate<Person> kind) {
        for (long id = 1; id <= PEOPLE; id++) {
            Person person = people.person(id);
            boolean granted = true;
            for (Person.Consent consent : person.consents()) {
                granted &= consent == Person.Consent.GRANTED;
            }
            if (granted && person.social() != null && kind.test(person)) {
                return new Hero(id, "a " + person.persona());
            }
        }
        throw new IllegalStateException("no such person in the made data: seed=" + SEED);
    }

    /** The most popular tent that is in stock. */
    @Override
    public long newInterest() {
        return goods.items().stream()
                .filter(item -> item.category() == goods.category("Tents") && item.inStock())
                .max(Comparator.comparingDouble(RetailCatalogue.Item::popularity))
                .orElseThrow()
                .id();
    }

    @Override
    public int eventSource() {
        return RetailPeople.COMMERCE;
    }

    @Override
    public int withdrawnSource() {
        return RetailPeople.COMMERCE;
    }
}
