package io.magpie.client;

import io.magpie.protocol.Feature;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Every verb as a {@link CompletableFuture}. Thread-safe. Got from {@link MagpieClient#async()}.
 *
 * <p>Futures end at the latest when the timeout has passed, with a {@link MagpieException} if the verb did not succeed.
 * They are completed on the client's event loop: what is chained to them without an executor of its own must be short
 * and must not block. What was given to a call is read before the call returns.
 *
 * <pre>{@code
 * CompletableFuture<List<Recommendations.ScoredItem>> items = client.async()
 *         .withTimeout(Duration.ofSeconds(5))
 *         .recommend(profileId, 10)
 *         .thenApply(Recommendations::items);
 * }</pre>
 *
 * <p>Methods throw {@link IllegalArgumentException} at once for a request that is longer than the server takes,
 * or that it is too old for.
 */
public final class MagpieAsyncClient {
    /** Half of the ids that the server remembers of a person. */
    private static final int MOST_EVENTS_SENT_AGAIN = 16;

    private final Sender sender;
    private final int edition;

    /**
     * @param edition the catalogue that the verbs of items are about, or 0 for the live one
     */
    MagpieAsyncClient(Sender sender, int edition) {
        this.sender = sender;
        this.edition = edition;
    }

    /** Returns the same verbs, whose requests are gathered in a batch. */
    MagpieAsyncClient into(Batch gathered) {
        return new MagpieAsyncClient(sender.into(gathered), edition);
    }

    /**
     * Starts a batch: many requests in one frame.
     *
     * @throws IllegalStateException if these are the calls of a batch
     */
    public Batch batch() {
        if (sender.isGathering()) {
            throw new IllegalStateException("a batch holds no batch");
        }
        return new Batch(this, sender);
    }

    /** Returns the same client with another timeout for its calls, retries included. */
    public MagpieAsyncClient withTimeout(Duration timeout) {
        return new MagpieAsyncClient(
                sender.withTimeout(MagpieClientBuilder.requirePositive("timeout", timeout)), edition);
    }

    /**
     * Returns the same client whose verbs of items (put, patch, remove, get) are about the catalogue of this number, live or
     * not; see {@link #stageCatalogue}. All other verbs are about the live one as ever.
     *
     * @param number from {@link Catalogues}; 0 for the live one, whichever that is
     */
    public MagpieAsyncClient ofEdition(int number) {
        return new MagpieAsyncClient(sender, number);
    }

    /**
     * Begins an empty catalogue beside the live one, to be filled through {@link #ofEdition} and then switched to. While it
     * is there events move the slots of both spaces.
     *
     * @param spaceId the space of its vectors; may be the live one's
     */
    public CompletableFuture<Catalogues> stageCatalogue(int spaceId) {
        return catalogue(MessageType.STAGE_CATALOGUE, 0, spaceId);
    }

    /**
     * Makes a catalogue live, in one step for all who ask, and keeps the one that was live beside it. Doing it again with the
     * other's number goes back. If it is live already nothing happens, so that a call may be repeated.
     */
    public CompletableFuture<Catalogues> switchCatalogue(int number) {
        return catalogue(MessageType.SWITCH_CATALOGUE, requireNumber(number), 0);
    }

    /** Lets go of the catalogue beside the live one; its items leave the store in the background. */
    public CompletableFuture<Catalogues> dropCatalogue(int number) {
        return catalogue(MessageType.DROP_CATALOGUE, requireNumber(number), 0);
    }

    /** Begins to build the index of a catalogue anew in the background; {@link #catalogues()} says when it is done. */
    public CompletableFuture<Catalogues> rebuildCatalogue(int number) {
        return catalogue(MessageType.REBUILD_CATALOGUE, requireNumber(number), 0);
    }

    /** Reads which catalogues there are. */
    public CompletableFuture<Catalogues> catalogues() {
        return catalogue(MessageType.GET_CATALOGUES, 0, 0);
    }

    private CompletableFuture<Catalogues> catalogue(int messageType, int number, int spaceId) {
        sender.requireFeatures(Feature.CATALOGUES, messageType);
        return sender.send(messageType, out -> Requests.catalogue(out, messageType, number, spaceId), Catalogues::read);
    }

    private static int requireNumber(int number) {
        if (number == 0) {
            throw new IllegalArgumentException("a catalogue has a number from 1 on; catalogues() tells it: number=0");
        }
        return number;
    }

    private CompletableFuture<WriteResults> sendItems(int messageType, Consumer<ByteBuf> writer) {
        requireEdition(messageType);
        return sender.send(messageType, writer, Replies::writeResults);
    }

    private CompletableFuture<WriteReceipt> sendItem(int messageType, Consumer<ByteBuf> writer) {
        requireEdition(messageType);
        return sender.send(messageType, writer, Replies::writeReceipt);
    }

    /** An older server would not look at the number, and change the live catalogue. */
    private void requireEdition(int messageType) {
        if (edition != 0) {
            sender.requireFeatures(Feature.CATALOGUES, messageType);
        }
    }

    /** Asks whether the server answers; the result is the server's time, milliseconds since 1970. */
    public CompletableFuture<Long> ping() {
        return sender.send(MessageType.PING, Requests::ping, Replies::pingTime);
    }

    /** Reads the server's counters. */
    public CompletableFuture<Statistics> statistics() {
        return sender.send(MessageType.STATISTICS, Requests::statistics, Replies::statistics);
    }

    /** Finds the best items. An unknown profile is no failure: the answer's flags say so. */
    public CompletableFuture<Recommendations> recommend(RecommendRequest request) {
        sender.requireFeatures(request.features(), request.messageType());
        boolean isRead = !request.recordsShown();
        return sender.send(request.messageType(), isRead, isRead, request::write, Replies::recommendations);
    }

    /** Finds the best items for a profile. */
    public CompletableFuture<Recommendations> recommend(long profileId, int limit) {
        return recommend(RecommendRequest.forProfile(profileId).limit(limit));
    }

    /**
     * Finds the best items for a person or a group without allocating: the call's listener hears of the end, exactly once. It may
     * be called before this method returns, when there is no connection or too much in flight.
     *
     * @throws IllegalStateException if the call is in flight already
     */
    public void recommend(RecommendCall recommendCall) {
        sender.submit(recommendCall);
    }

    /**
     * Scores items, as they would be scored for the request, hidden ones too. The answer holds them in the order of asking,
     * with NaN for those that are not known; what the request says of filters, pages and ranking is not looked at.
     */
    public CompletableFuture<Recommendations> score(RecommendRequest request, long... itemIds) {
        if (request.messageType() == MessageType.POPULAR) {
            throw new IllegalArgumentException("what is popular scores no items: request=" + request);
        }
        sender.requireFeatures(Feature.ANSWERS, MessageType.SCORE);
        return sender.send(
                MessageType.SCORE,
                out -> request.write(out, MessageType.SCORE, itemIds, List.of()),
                Replies::recommendations);
    }

    /** Finds the items that are most like these. */
    public CompletableFuture<Recommendations> similar(int limit, long... itemIds) {
        return recommend(RecommendRequest.similarTo(itemIds).limit(limit));
    }

    /** Finds the items that were most popular with all over some weeks. */
    public CompletableFuture<Recommendations> popular(int limit) {
        return recommend(RecommendRequest.popular().limit(limit));
    }

    /** Finds the items that are most popular with all now. */
    public CompletableFuture<Recommendations> trending(int limit) {
        return recommend(RecommendRequest.trending().limit(limit));
    }

    /**
     * Records events of a profile, each on its own, and finds the best items after them, in one round trip.
     *
     * @param events  all of the person that the request is for, named in the same way
     * @param request made by {@link RecommendRequest#forProfile} or {@link RecommendRequest#forPerson}
     */
    public CompletableFuture<AfterEvents> recordAndRecommend(List<Event> events, RecommendRequest request) {
        Person person = request.requirePerson();
        for (Event event : events) {
            if (!event.person().equals(person)) {
                throw new IllegalArgumentException(
                        "the events are of the person that is asked for: for=" + person + " event=" + event);
            }
        }
        sender.requireFeatures(Feature.ANSWERS | request.features(), MessageType.RECORD_AND_RECOMMEND);
        return sender.send(
                MessageType.RECORD_AND_RECOMMEND,
                out -> request.write(out, MessageType.RECORD_AND_RECOMMEND, new long[0], events),
                Replies::afterEvents);
    }

    /** Asks why an item suits a profile, with up to five seen items that are most like it. */
    public CompletableFuture<Explanation> why(long profileId, long itemId) {
        return why(RecommendRequest.forProfile(profileId), itemId, 5);
    }

    /**
     * Asks why an item suits a profile.
     *
     * @param request   made by {@link RecommendRequest#forProfile} or {@link RecommendRequest#forPerson}; its source weights and its time hold, nothing else
     * @param seenItems how many of the seen items that are most like it to name, from 0
     */
    public CompletableFuture<Explanation> why(RecommendRequest request, long itemId, int seenItems) {
        sender.requireFeatures(Identities.features(request.requirePerson()), MessageType.WHY);
        return sender.send(MessageType.WHY, out -> request.writeWhy(out, itemId, seenItems), Replies::explanation);
    }

    /** Sets a slot. */
    public CompletableFuture<WriteReceipt> putSlot(SlotUpdate slot) {
        return sender.sendOf(slot.person(), MessageType.PUT_SLOTS, out -> Requests.putSlots(out, List.of(slot)));
    }

    /**
     * Sets a slot if the profile is of a version; refused with VERSION_CONFLICT if it is of another.
     *
     * @param expectedVersion unsigned 32-bit, see {@link Profile#version}; 0 if the profile must not be there
     */
    public CompletableFuture<WriteReceipt> putSlot(SlotUpdate slot, int expectedVersion) {
        sender.requireFeatures(Feature.CONDITIONS, MessageType.PUT_SLOTS);
        return sender.sendOf(slot.person(), MessageType.PUT_SLOTS, out -> Requests.putSlot(out, slot, expectedVersion));
    }

    /** Sets slots, each on its own. All vectors are of one length. */
    public CompletableFuture<WriteResults> putSlots(List<SlotUpdate> slots) {
        return sender.sendOf(slots, SlotUpdate::person, MessageType.PUT_SLOTS, out -> Requests.putSlots(out, slots));
    }

    /** Records an event. */
    public CompletableFuture<WriteReceipt> recordEvent(Event event) {
        return sendEvents(List.of(event), Replies.receiptOf(event.person()));
    }

    /** Records an event if the profile is of a version; see {@link #putSlot(SlotUpdate, int)}. A repeat is no conflict. */
    public CompletableFuture<WriteReceipt> recordEvent(Event event, int expectedVersion) {
        sender.requireFeatures(Feature.CONDITIONS, MessageType.RECORD_EVENTS);
        return sender.sendOf(
                event.person(), MessageType.RECORD_EVENTS, out -> Requests.recordEvent(out, event, expectedVersion));
    }

    /** Records events, each on its own, in their order. */
    public CompletableFuture<WriteResults> recordEvents(List<Event> events) {
        return sendEvents(events, Replies.resultsOf(events, Event::person));
    }

    private <T> CompletableFuture<T> sendEvents(List<Event> events, Replies.Reader<T> reader) {
        sender.requireFeatures(Identities.features(events, Event::person), MessageType.RECORD_EVENTS);
        return sender.send(
                MessageType.RECORD_EVENTS,
                false,
                mayBeSentAgain(events),
                out -> Requests.recordEvents(out, events),
                reader);
    }

    /** The server knows a repeat by its id, among the last of a person: a short list of events with ids is safe. */
    private static boolean mayBeSentAgain(List<Event> events) {
        if (events.size() > MOST_EVENTS_SENT_AGAIN) {
            return false;
        }
        for (Event event : events) {
            if (event.eventId() == 0) {
                return false;
            }
        }
        return true;
    }

    /** Sets a consent. */
    public CompletableFuture<WriteReceipt> setConsent(ConsentUpdate consent) {
        return sender.sendOf(
                consent.person(), MessageType.SET_CONSENTS, out -> Requests.setConsents(out, List.of(consent)));
    }

    /** Sets a consent if the profile is of a version; see {@link #putSlot(SlotUpdate, int)}. */
    public CompletableFuture<WriteReceipt> setConsent(ConsentUpdate consent, int expectedVersion) {
        sender.requireFeatures(Feature.CONDITIONS, MessageType.SET_CONSENTS);
        return sender.sendOf(
                consent.person(), MessageType.SET_CONSENTS, out -> Requests.setConsent(out, consent, expectedVersion));
    }

    /** Remembers items as seen or shown, each on its own; those of one person, time and source at a stretch are cheapest. */
    public CompletableFuture<WriteResults> markItems(List<Mark> marks) {
        sender.requireFeatures(Feature.EXPOSURE, MessageType.MARK_ITEMS);
        return sender.sendOf(marks, Mark::person, MessageType.MARK_ITEMS, out -> Requests.markItems(out, marks));
    }

    /** Sets consents, each on its own, in their order. */
    public CompletableFuture<WriteResults> setConsents(List<ConsentUpdate> consents) {
        return sender.sendOf(
                consents, ConsentUpdate::person, MessageType.SET_CONSENTS, out -> Requests.setConsents(out, consents));
    }

    /**
     * Says that two are the same person: an identity that is not known leads to the other's profile from then on, and two
     * profiles are merged into the one of the lower id, unsigned. A link that was made before is made again without harm, so a
     * caller may repeat one whose answer was lost; the client does not by itself. Refused with TOO_MANY_IDENTITIES if the
     * profile has no room for another one, with UNKNOWN_SOURCE, or with UNKNOWN_PROFILE for an id that is the server's to give.
     *
     * @return with the profile that both lead to
     */
    public CompletableFuture<WriteReceipt> link(Person one, Person other) {
        sender.requireFeatures(Feature.IDENTITIES, MessageType.LINK);
        return sender.sendOf(one, MessageType.LINK, out -> Requests.link(out, List.of(new Link(one, other))));
    }

    /** Links pairs, each on its own, in their order; see {@link #link(Person, Person)}. */
    public CompletableFuture<WriteResults> link(List<Link> links) {
        sender.requireFeatures(Feature.IDENTITIES, MessageType.LINK);
        return sender.sendOf(links, Link::one, MessageType.LINK, out -> Requests.link(out, links));
    }

    /**
     * Takes an identity away from its profile: it leads to a new, empty one from then on, and what came by it stays in the old
     * one. Each repeat gives it another new profile. Refused with UNKNOWN_PROFILE if it leads nowhere, with UNKNOWN_SOURCE, and
     * with OUT_OF_RANGE if it is no identity.
     *
     * @return with its new profile
     */
    public CompletableFuture<WriteReceipt> unlink(Person identity) {
        sender.requireFeatures(Feature.IDENTITIES, MessageType.UNLINK);
        return sender.sendOf(identity, MessageType.UNLINK, out -> Requests.unlink(out, List.of(identity)));
    }

    /** Unlinks identities, each on its own, in their order; see {@link #unlink(Person)}. */
    public CompletableFuture<WriteResults> unlink(List<Person> identities) {
        sender.requireFeatures(Feature.IDENTITIES, MessageType.UNLINK);
        return sender.sendOf(
                identities, Function.identity(), MessageType.UNLINK, out -> Requests.unlink(out, identities));
    }

    /** Reads a profile with all that is held; empty if there is none. */
    public CompletableFuture<Optional<Profile>> getProfile(long profileId) {
        return getProfile(profileId, EnumSet.allOf(ProfilePart.class));
    }

    /** Reads parts of a profile; empty if there is none. */
    public CompletableFuture<Optional<Profile>> getProfile(long profileId, Collection<ProfilePart> parts) {
        return getProfile(Person.profile(profileId), parts, -1);
    }

    /** Reads a person's profile with all that is held; empty if there is none, or the identity is not known. */
    public CompletableFuture<Optional<Profile>> getProfile(Person who) {
        return getProfile(who, EnumSet.allOf(ProfilePart.class), -1);
    }

    /** Reads parts of a profile for a purpose; see {@link #getProfile(Person, Collection, int)}. */
    public CompletableFuture<Optional<Profile>> getProfile(long profileId, Collection<ProfilePart> parts, int purpose) {
        return getProfile(Person.profile(profileId), parts, purpose);
    }

    /**
     * Reads parts of a profile for a purpose: slots and seen items of sources that may not be used for it are left out, and
     * {@link Profile#consentRemoved} says so.
     *
     * @param purpose number of the purpose, see {@link ServerInfo#purposeNumber}; -1 for all that is held
     */
    public CompletableFuture<Optional<Profile>> getProfile(Person who, Collection<ProfilePart> parts, int purpose) {
        sender.requireFeatures(
                (purpose < 0 ? 0 : Feature.CONDITIONS) | Identities.features(who), MessageType.GET_PROFILE);
        int bits = 0;
        for (ProfilePart part : parts) {
            bits |= part.bits();
        }
        int asked = bits;
        return sender.send(
                        MessageType.GET_PROFILE,
                        out -> Requests.getProfile(out, who, asked, purpose + 1),
                        (decoders, buffer, offset, length) ->
                                Optional.of(Replies.profile(decoders, buffer, offset, length)))
                .exceptionally(failure -> Failures.emptyIf(failure, Status.UNKNOWN_PROFILE));
    }

    /** Reads everything that is held on a person, as JSON; empty if there is nothing. For people who ask what is held on them. */
    public CompletableFuture<Optional<String>> exportProfile(long profileId) {
        return exportProfile(Person.profile(profileId));
    }

    /** Reads everything that is held on a person; see {@link #exportProfile(long)}. */
    public CompletableFuture<Optional<String>> exportProfile(Person who) {
        sender.requireFeatures(Feature.CONDITIONS | Identities.features(who), MessageType.EXPORT_PROFILE);
        return sender.send(
                        MessageType.EXPORT_PROFILE,
                        out -> Requests.exportProfile(out, who),
                        (decoders, buffer, offset, length) ->
                                Optional.of(Replies.wrapped(decoders.export, buffer, offset, length)
                                        .document()))
                .exceptionally(failure -> Failures.emptyIf(failure, Status.UNKNOWN_PROFILE));
    }

    /**
     * Starts a snapshot of the server's state; the answer comes when it has begun. One at a time.
     *
     * @param name of the new directory below the one that the server is configured to keep snapshots in: letters, digits,
     *     dots, underscores and hyphens, the first no dot
     */
    public CompletableFuture<SnapshotStatus> startSnapshot(String name) {
        return snapshot(Requests.SNAPSHOT_START, name);
    }

    /** Asks how far the snapshot is, or how the last one ended. */
    public CompletableFuture<SnapshotStatus> snapshotStatus() {
        return snapshot(Requests.SNAPSHOT_STATUS, "");
    }

    /** Has the snapshot that is under way given up; what there is of it is removed. */
    public CompletableFuture<SnapshotStatus> cancelSnapshot() {
        return snapshot(Requests.SNAPSHOT_CANCEL, "");
    }

    private CompletableFuture<SnapshotStatus> snapshot(int action, String name) {
        sender.requireFeatures(Feature.SNAPSHOTS, MessageType.SNAPSHOT);
        return sender.send(MessageType.SNAPSHOT, out -> Requests.snapshot(out, action, name), Replies::snapshot);
    }

    /** Erases a profile. That there was none is no failure: the receipt says so. */
    public CompletableFuture<ErasureReceipt> eraseProfile(long profileId) {
        return eraseProfile(Person.profile(profileId));
    }

    /** Erases a person's profile, and all that leads to it. That there was none is no failure: the receipt says so. */
    public CompletableFuture<ErasureReceipt> eraseProfile(Person who) {
        sender.requireFeatures(Identities.features(who), MessageType.ERASE_PROFILE);
        return sender.send(MessageType.ERASE_PROFILE, out -> Requests.eraseProfile(out, who), Replies::erasure);
    }

    /** Puts an item, new or in place of the one of its id. */
    public CompletableFuture<WriteReceipt> putItem(int spaceId, ItemUpdate item) {
        return sendItem(MessageType.PUT_ITEMS, out -> Requests.putItems(out, edition, spaceId, List.of(item)));
    }

    /** Puts items, each on its own. All vectors are of one length. */
    public CompletableFuture<WriteResults> putItems(int spaceId, List<ItemUpdate> items) {
        return sendItems(MessageType.PUT_ITEMS, out -> Requests.putItems(out, edition, spaceId, items));
    }

    /** Sets the attributes of an item. */
    public CompletableFuture<WriteReceipt> patchItem(ItemPatch patch) {
        return sendItem(MessageType.PATCH_ITEMS, out -> Requests.patchItems(out, edition, List.of(patch)));
    }

    /** Sets the attributes of items, each on its own. */
    public CompletableFuture<WriteResults> patchItems(List<ItemPatch> patches) {
        return sendItems(MessageType.PATCH_ITEMS, out -> Requests.patchItems(out, edition, patches));
    }

    /** Removes an item. */
    public CompletableFuture<WriteReceipt> removeItem(long itemId) {
        return sendItem(MessageType.REMOVE_ITEMS, out -> Requests.removeItems(out, edition, itemId));
    }

    /** Removes items, each on its own. */
    public CompletableFuture<WriteResults> removeItems(long... itemIds) {
        return sendItems(MessageType.REMOVE_ITEMS, out -> Requests.removeItems(out, edition, itemIds));
    }

    /** Reads an item; empty if there is none. */
    public CompletableFuture<Optional<Item>> getItem(long itemId) {
        requireEdition(MessageType.GET_ITEM);
        return sender.send(
                        MessageType.GET_ITEM,
                        out -> Requests.getItem(out, edition, itemId),
                        (decoders, buffer, offset, length) ->
                                Optional.of(Replies.item(decoders, buffer, offset, length)))
                .exceptionally(failure -> Failures.emptyIf(failure, Status.UNKNOWN_ITEM));
    }

    /** Waits for a future of this client. */
    <T> T await(CompletableFuture<T> future) {
        return sender.await(future);
    }

    Connections connections() {
        return sender.connections();
    }
}
