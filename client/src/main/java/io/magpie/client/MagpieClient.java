package io.magpie.client;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A client of a Magpie server. Thread-safe; made once and shared, since it keeps its connections.
 *
 * <pre>{@code
 * try (MagpieClient client = MagpieClient.builder("localhost", port).requestTimeout(Duration.ofSeconds(5)).connect()) {
 *     int commerce = client.serverInfo().sourceNumber("commerce");
 *     client.recordEvent(new Event(profileId, commerce, itemId, 1.0, System.currentTimeMillis()));
 *     Recommendations best = client.recommend(RecommendRequest.forProfile(profileId).limit(10).excludeSeen());
 *     for (Recommendations.ScoredItem item : best.items()) {
 *         System.out.println(item.itemId() + " " + item.score());
 *     }
 * }
 * }</pre>
 *
 * <p>The methods here wait for the answer, at most as long as the timeout; {@link #async()} has the same verbs as
 * futures, and one form that allocates nothing. Every method throws a {@link MagpieException} if it did not succeed:
 *
 * <ul>
 *   <li>{@link MagpieTimeoutException}: no answer in time;
 *   <li>{@link MagpieConnectionException}: not connected, or the connection was lost before the answer;
 *   <li>{@link MagpieOverloadedException}: too much in flight here, or the server has too much to do;
 *   <li>{@link MagpieServerException}: the server refused, and said why;
 *   <li>{@link MagpieProtocolException}: the other side is not understood.
 * </ul>
 *
 * <p>{@link MagpieException#mayHaveBeenApplied()} says whether a change may have been made all the same. Verbs that only
 * read, and events that bear ids, are sent again when a connection is lost, within the same timeout; other changes never
 * are. Ids are unsigned 64-bit, 2^64-1 reserved; a source is named by its number, see {@link ServerInfo#sourceNumber}.
 */
public final class MagpieClient implements AutoCloseable {
    private final MagpieAsyncClient calls;

    MagpieClient(MagpieAsyncClient calls) {
        this.calls = calls;
    }

    /** Starts to describe a client. */
    public static MagpieClientBuilder builder(String host, int port) {
        return new MagpieClientBuilder(host, port);
    }

    /** Returns the same verbs as futures, with this client's timeout. */
    public MagpieAsyncClient async() {
        return calls;
    }

    /**
     * Returns the same client with another timeout for its calls, retries included. It shares the connections; closing
     * one closes both.
     */
    public MagpieClient withTimeout(Duration timeout) {
        return new MagpieClient(calls.withTimeout(timeout));
    }

    /**
     * Returns the same client whose verbs of items are about the catalogue of this number; see
     * {@link MagpieAsyncClient#ofEdition}. It shares the connections; closing one closes both.
     */
    public MagpieClient ofEdition(int number) {
        return new MagpieClient(calls.ofEdition(number));
    }

    /** Begins an empty catalogue beside the live one; see {@link MagpieAsyncClient#stageCatalogue}. */
    public Catalogues stageCatalogue(int spaceId) {
        return calls.await(later().stageCatalogue(spaceId));
    }

    /** Makes a catalogue live and keeps the other beside it; see {@link MagpieAsyncClient#switchCatalogue}. */
    public Catalogues switchCatalogue(int number) {
        return calls.await(later().switchCatalogue(number));
    }

    /** Lets go of the catalogue beside the live one. */
    public Catalogues dropCatalogue(int number) {
        return calls.await(later().dropCatalogue(number));
    }

    /** Begins to build the index of a catalogue anew; see {@link MagpieAsyncClient#rebuildCatalogue}. */
    public Catalogues rebuildCatalogue(int number) {
        return calls.await(later().rebuildCatalogue(number));
    }

    /** Reads which catalogues there are. */
    public Catalogues catalogues() {
        return calls.await(later().catalogues());
    }

    /**
     * Returns what the server said of itself when the connection was made.
     *
     * @throws MagpieConnectionException if there is no connection now
     */
    public ServerInfo serverInfo() {
        ServerInfo info = calls.connections().serverInfo();
        if (info == null) {
            throw Failures.notConnected(calls.connections().configuration().address(), null);
        }
        return info;
    }

    /** Returns whether there is a connection now. */
    public boolean isConnected() {
        return calls.connections().serverInfo() != null;
    }

    /** Returns what this client counted since it was built. */
    public ClientStatistics clientStatistics() {
        ClientCounters counters = calls.connections().counters();
        return new ClientStatistics(
                counters.timeouts.sum(),
                counters.lateReplies.sum(),
                counters.lostConnections.sum(),
                counters.retries.sum(),
                counters.overloads.sum());
    }

    /** Asks whether the server answers; returns the server's time, milliseconds since 1970. */
    public long ping() {
        return calls.await(later().ping());
    }

    /** Reads the server's counters. */
    public Statistics statistics() {
        return calls.await(later().statistics());
    }

    /** Finds the best items. An unknown profile is no failure: the answer's flags say so. */
    public Recommendations recommend(RecommendRequest request) {
        return calls.await(later().recommend(request));
    }

    /** Finds the best items for a profile. */
    public Recommendations recommend(long profileId, int limit) {
        return calls.await(later().recommend(profileId, limit));
    }

    /** Scores items; see {@link MagpieAsyncClient#score}. */
    public Recommendations score(RecommendRequest request, long... itemIds) {
        return calls.await(later().score(request, itemIds));
    }

    /** Finds the items that are most like these. */
    public Recommendations similar(int limit, long... itemIds) {
        return calls.await(later().similar(limit, itemIds));
    }

    /** Finds the items that were most popular with all over some weeks. */
    public Recommendations popular(int limit) {
        return calls.await(later().popular(limit));
    }

    /** Finds the items that are most popular with all now. */
    public Recommendations trending(int limit) {
        return calls.await(later().trending(limit));
    }

    /** Asks why an item suits a profile, with up to five seen items that are most like it. */
    public Explanation why(long profileId, long itemId) {
        return calls.await(later().why(profileId, itemId));
    }

    /** Asks why an item suits a profile; see {@link MagpieAsyncClient#why(RecommendRequest, long, int)}. */
    public Explanation why(RecommendRequest request, long itemId, int seenItems) {
        return calls.await(later().why(request, itemId, seenItems));
    }

    /** Records events and finds the best items after them; see {@link MagpieAsyncClient#recordAndRecommend}. */
    public AfterEvents recordAndRecommend(List<Event> events, RecommendRequest request) {
        return calls.await(later().recordAndRecommend(events, request));
    }

    /** Sets a slot. */
    public WriteReceipt putSlot(SlotUpdate slot) {
        return calls.await(later().putSlot(slot));
    }

    /** Sets a slot if the profile is of a version; see {@link MagpieAsyncClient#putSlot(SlotUpdate, int)}. */
    public WriteReceipt putSlot(SlotUpdate slot, int expectedVersion) {
        return calls.await(later().putSlot(slot, expectedVersion));
    }

    /** Sets slots, each on its own. All vectors are of one length. */
    public WriteResults putSlots(List<SlotUpdate> slots) {
        return calls.await(later().putSlots(slots));
    }

    /** Records an event. */
    public WriteReceipt recordEvent(Event event) {
        return calls.await(later().recordEvent(event));
    }

    /** Records an event if the profile is of a version; a repeat is no conflict. */
    public WriteReceipt recordEvent(Event event, int expectedVersion) {
        return calls.await(later().recordEvent(event, expectedVersion));
    }

    /** Records events, each on its own, in their order. */
    public WriteResults recordEvents(List<Event> events) {
        return calls.await(later().recordEvents(events));
    }

    /** Sets a consent. */
    public WriteReceipt setConsent(ConsentUpdate consent) {
        return calls.await(later().setConsent(consent));
    }

    /** Sets a consent if the profile is of a version. */
    public WriteReceipt setConsent(ConsentUpdate consent, int expectedVersion) {
        return calls.await(later().setConsent(consent, expectedVersion));
    }

    /** Remembers items as seen or shown, each on its own. */
    public WriteResults markItems(List<Mark> marks) {
        return calls.await(later().markItems(marks));
    }

    /** Starts a batch: many requests in one frame. */
    public Batch batch() {
        return calls.batch();
    }

    /** Sets consents, each on its own, in their order. */
    public WriteResults setConsents(List<ConsentUpdate> consents) {
        return calls.await(later().setConsents(consents));
    }

    /** Reads a profile with all that is held; empty if there is none. */
    public Optional<Profile> getProfile(long profileId) {
        return calls.await(later().getProfile(profileId));
    }

    /** Reads a person's profile with all that is held; empty if there is none, or the identity is not known. */
    public Optional<Profile> getProfile(Person who) {
        return calls.await(later().getProfile(who));
    }

    /** Reads parts of a person's profile; see {@link MagpieAsyncClient#getProfile(Person, Collection, int)}. */
    public Optional<Profile> getProfile(Person who, Collection<ProfilePart> parts, int purpose) {
        return calls.await(later().getProfile(who, parts, purpose));
    }

    /** Reads parts of a profile; empty if there is none. */
    public Optional<Profile> getProfile(long profileId, Collection<ProfilePart> parts) {
        return calls.await(later().getProfile(profileId, parts));
    }

    /** Reads parts of a profile as far as consent allows a purpose; see {@link MagpieAsyncClient#getProfile}. */
    public Optional<Profile> getProfile(long profileId, Collection<ProfilePart> parts, int purpose) {
        return calls.await(later().getProfile(profileId, parts, purpose));
    }

    /** Reads everything that is held on a person, as JSON; empty if there is nothing. */
    public Optional<String> exportProfile(long profileId) {
        return calls.await(later().exportProfile(profileId));
    }

    /** Reads everything that is held on a person, as JSON; empty if there is nothing. */
    public Optional<String> exportProfile(Person who) {
        return calls.await(later().exportProfile(who));
    }

    /** Says that two are the same person; see {@link MagpieAsyncClient#link(Person, Person)}. */
    public WriteReceipt link(Person one, Person other) {
        return calls.await(later().link(one, other));
    }

    /** Links pairs, each on its own, in their order. */
    public WriteResults link(List<Link> links) {
        return calls.await(later().link(links));
    }

    /** Takes an identity away from its profile; see {@link MagpieAsyncClient#unlink(Person)}. */
    public WriteReceipt unlink(Person identity) {
        return calls.await(later().unlink(identity));
    }

    /** Unlinks identities, each on its own, in their order. */
    public WriteResults unlink(List<Person> identities) {
        return calls.await(later().unlink(identities));
    }

    /** Starts a snapshot; see {@link MagpieAsyncClient#startSnapshot}. */
    public SnapshotStatus startSnapshot(String name) {
        return calls.await(later().startSnapshot(name));
    }

    /** Asks how far the snapshot is, or how the last one ended. */
    public SnapshotStatus snapshotStatus() {
        return calls.await(later().snapshotStatus());
    }

    /** Has the snapshot that is under way given up. */
    public SnapshotStatus cancelSnapshot() {
        return calls.await(later().cancelSnapshot());
    }

    /** Erases a profile. That there was none is no failure: the receipt says so. */
    public ErasureReceipt eraseProfile(long profileId) {
        return calls.await(later().eraseProfile(profileId));
    }

    /** Erases a person's profile, and all that leads to it. */
    public ErasureReceipt eraseProfile(Person who) {
        return calls.await(later().eraseProfile(who));
    }

    /** Puts an item, new or in place of the one of its id. */
    public WriteReceipt putItem(int spaceId, ItemUpdate item) {
        return calls.await(later().putItem(spaceId, item));
    }

    /** Puts items, each on its own. All vectors are of one length. */
    public WriteResults putItems(int spaceId, List<ItemUpdate> items) {
        return calls.await(later().putItems(spaceId, items));
    }

    /** Sets the attributes of an item. */
    public WriteReceipt patchItem(ItemPatch patch) {
        return calls.await(later().patchItem(patch));
    }

    /** Sets the attributes of items, each on its own. */
    public WriteResults patchItems(List<ItemPatch> patches) {
        return calls.await(later().patchItems(patches));
    }

    /** Removes an item. */
    public WriteReceipt removeItem(long itemId) {
        return calls.await(later().removeItem(itemId));
    }

    /** Removes items, each on its own. */
    public WriteResults removeItems(long... itemIds) {
        return calls.await(later().removeItems(itemIds));
    }

    /** Reads an item; empty if there is none. */
    public Optional<Item> getItem(long itemId) {
        return calls.await(later().getItem(itemId));
    }

    /** Ends every call in flight with an exception, closes the connections and stops the threads. */
    @Override
    public void close() {
        calls.connections().close();
    }

    private MagpieAsyncClient later() {
        if (calls.connections().isOnEventLoop()) {
            throw new IllegalStateException(
                    "a blocking call on the client's event loop would wait for itself: use async()");
        }
        return calls;
    }
}
