package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.Fusion;
import io.magpie.core.index.ItemFilter;
import io.magpie.core.index.ItemIndex;
import io.magpie.core.index.ItemQuery;
import io.magpie.core.profile.IdentityHasher;
import io.magpie.core.ranking.NamedItems;
import io.magpie.core.ranking.Ranking;
import io.magpie.core.store.StateReader;
import io.magpie.core.store.StateStore;
import java.time.Clock;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Answers a batch of requests, in one pass over the index where one is enough. Reused: {@link #add()} requests,
 * {@link #execute()}, read the answers, {@link #clear()}. Not thread-safe: one per event loop, made by
 * {@link Engine#newRecommender()} and used by that thread alone. Allocates nothing once as many requests as the largest
 * batch have been made and their lists have grown; events and showings that a request records allocate what a write does.
 */
public final class Recommender {
    /** After so many searches that the catalogue changed under, an answer is made of what there is, and says so. */
    private static final int MOST_MOVES = 8;

    private static final long NO_SCORE = Long.MIN_VALUE;

    private final Engine engine;
    private final Clock clock;
    private final int sourceCount;
    private final int dimension;
    private final QueryVectors vectors;
    private final VersionedItems items;
    private final Ranking ranking;
    private final PopularItems[] popular;
    private final boolean[] isPopularRead = new boolean[2];
    private final Long2LongHashMap scores = new Long2LongHashMap(NO_SCORE);
    private final IdentityHasher hasher;

    private Catalogue catalogue;
    private ItemIndex.Searcher searcher;

    private Recommendation[] requests = new Recommendation[16];
    private Recommendation[] open = new Recommendation[16];
    private ItemQuery[] queries = new ItemQuery[32];
    private int count;
    private int recorded;
    private long recordNanos;
    private long lookupNanos;
    private long scanNanos;

    Recommender(Engine engine, StateStore store, EngineConfiguration configuration, Clock clock) {
        this.engine = engine;
        this.clock = clock;
        StateReader reader = store.newReader();
        hasher = store.newIdentityHasher();
        dimension = configuration.state().dimension();
        sourceCount = configuration.sources().size();
        Fusion fusion = new Fusion(configuration.sources(), configuration.consentPolicy(), dimension);
        vectors = new QueryVectors(
                reader,
                fusion,
                store.newProfileRecord(),
                store.newSeenSet(),
                new SeenFilter(configuration.seenExpiryMillis()));
        items = new VersionedItems(reader, store.newItemRecord());
        ranking = new Ranking(dimension);
        popular = new PopularItems[] {
            new PopularItems(PopularityBoard.DEFAULT_LISTED), new PopularItems(PopularityBoard.DEFAULT_LISTED)
        };
    }

    /** Adds a cleared request to the batch. It is this recommender's; read it before {@link #clear()}. */
    public Recommendation add() {
        if (count == requests.length) {
            requests = Arrays.copyOf(requests, 2 * count);
            open = new Recommendation[2 * count];
            queries = new ItemQuery[4 * count];
        }
        if (requests[count] == null) {
            requests[count] = new Recommendation(sourceCount, dimension, hasher);
        }
        return requests[count++];
    }

    /** Takes back the request that was added last: it turned out to be none. */
    public void removeLast() {
        requests[--count].clear();
    }

    /** Returns how many requests the batch holds. */
    public int count() {
        return count;
    }

    /** Returns a request of the batch, in the order of adding. */
    public Recommendation request(int index) {
        return requests[index];
    }

    /** Empties the batch. */
    public void clear() {
        for (int i = 0; i < count; i++) {
            requests[i].clear();
        }
        count = 0;
    }

    /**
     * Answers every request of the batch, as of one time. First the events of all requests are recorded, so that each
     * answer has seen them. All requests are searched for together and see one version of the catalogue; those that need a
     * deeper search, or that the catalogue changed under, are searched again, and name the version they saw last.
     */
    public void execute() {
        record();
        lookupNanos = 0;
        scanNanos = 0;
        long nowMillis = clock.millis();
        refreshCatalogue();
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (begin(requests[i], nowMillis)) {
                open[left++] = requests[i];
            }
        }
        while (left > 0) {
            left = searchOnce(left);
            if (left > 0 && engine.catalogue() != catalogue) {
                beginAnew(left);
            }
        }
        for (int i = 0; i < count; i++) {
            recordShown(requests[i], nowMillis);
        }
    }

    /** Goes over to the catalogue that has become live, with the requests that are still open. */
    private void beginAnew(int left) {
        refreshCatalogue();
        for (int i = 0; i < left; i++) {
            open[i].answeredSpaceId = catalogue.spaceId();
            open[i].isComposed = false;
            open[i].attempt = 0;
        }
    }

    /** Records what is about to be answered as shown: one change, before the answer is given. */
    private void recordShown(Recommendation request, long nowMillis) {
        if (!request.question.recordShown
                || request.question.isScoring()
                || request.outcome != Outcome.OK
                || request.answer.count() == 0) {
            return;
        }
        request.shownOutcome = engine.profiles()
                .recordAnswer(request.question.seenBy, request.answer.ids(), request.answer.count(), nowMillis);
        request.flags |= request.shownOutcome == Outcome.OK ? 0 : AnswerFlag.SHOWN_NOT_RECORDED;
    }

    private void record() {
        recorded = 0;
        recordNanos = 0;
        for (int i = 0; i < count; i++) {
            Recommendation request = requests[i];
            request.clearAnswer();
            if (request.events.count() > 0 && request.question.kind == Question.Kind.PROFILE) {
                long from = System.nanoTime();
                request.events.record(engine, request.question.person);
                recordNanos += System.nanoTime() - from;
                recorded++;
            }
        }
    }

    /** Returns how many requests of the last batch recorded events. */
    public int recordedCount() {
        return recorded;
    }

    /** Returns how long the last batch took to record events. */
    public long recordNanos() {
        return recordNanos;
    }

    /** Returns how long the last batch took to read profiles and to make query vectors. */
    public long lookupNanos() {
        return lookupNanos;
    }

    /** Returns how long the last batch took to search the index and to order what was found. */
    public long scanNanos() {
        return scanNanos;
    }

    /** Looks at what is live now; what is popular is read anew. */
    private void refreshCatalogue() {
        Arrays.fill(isPopularRead, false);
        Catalogue live = engine.catalogue();
        if (live != catalogue) {
            catalogue = live;
            searcher = live.index().newSearcher();
            items.edition(live.edition());
        }
    }

    /** Checks a request and sets its time; returns whether it can be answered. */
    private boolean begin(Recommendation request, long nowMillis) {
        if (request.isDropped) {
            return false;
        }
        request.answeredSpaceId = catalogue.spaceId();
        request.timeMillis = request.asOfMillis == 0 ? nowMillis : request.asOfMillis;
        Question question = request.question;
        boolean isMixedUp = question.kind != Question.Kind.PROFILE && request.events.count() > 0
                || question.kind == Question.Kind.POPULAR && question.context.count() > 0;
        if (request.timeMillis > nowMillis) {
            request.outcome = Outcome.TIME_IN_FUTURE;
        } else if (request.timeMillis < nowMillis - Recommendation.MOST_PAGE_AGE_MILLIS) {
            request.outcome = Outcome.TIME_OUT_OF_RANGE;
        } else if (isMixedUp || !request.rules.isDepthInRange()) {
            request.outcome = Outcome.OUT_OF_RANGE;
        }
        return request.outcome == Outcome.OK;
    }

    /** Searches once for all open requests; returns how many stay open. */
    private int searchOnce(int left) {
        int searched = 0;
        int prepared = 0;
        long beginNanos = System.nanoTime();
        long before = composedVersion(left);
        for (int i = 0; i < left; i++) {
            Recommendation request = open[i];
            if (!request.isComposed) {
                request.composedVersion = before;
                compose(request);
            }
            if (request.outcome == Outcome.OK) {
                open[prepared++] = request;
                searched = addQueries(request, searched);
            }
        }
        long lookedUpNanos = System.nanoTime();
        lookupNanos += lookedUpNanos - beginNanos;
        searcher.search(queries, searched);
        long version = searcher.version();
        int size = catalogue.index().size();
        int kept = 0;
        for (int i = 0; i < prepared; i++) {
            if (!settle(open[i], version, size)) {
                open[kept++] = open[i];
            }
        }
        scanNanos += System.nanoTime() - lookedUpNanos;
        return kept;
    }

    /** Returns the version before item vectors are read, where any are. */
    private long composedVersion(int left) {
        for (int i = 0; i < left; i++) {
            if (!open[i].isComposed && open[i].question.usesItems()) {
                return catalogue.index().version();
            }
        }
        return 0;
    }

    private void compose(Recommendation request) {
        request.isComposed = true;
        Question question = request.question;
        boolean known = vectors.compose(request, catalogue, searcher);
        NamedItems named = request.named;
        named.clear();
        named.resolve(request.rules, request.timeMillis);
        request.isByPopularity = question.kind != Question.Kind.POPULAR && !known && isZero(request.vector());
        if (request.isByPopularity) {
            addPopular(request, PopularityBoard.POPULAR);
        } else if (question.kind == Question.Kind.POPULAR) {
            addPopular(request, question.popularKind);
        }
        if (request.namedQuery == null && (named.count() > 0 || question.isScoring())) {
            request.namedQuery = new ItemQuery(dimension);
        }
        if (question.isScoring()) {
            askForScores(request);
        } else if (named.count() > 0) {
            System.arraycopy(request.vector(), 0, request.namedQuery.vector(), 0, dimension);
            named.fill(request.namedQuery.filter(), request.filter());
            request.namedQuery.limit(named.count());
        }
    }

    private void addPopular(Recommendation request, int kind) {
        PopularItems board = popular[kind];
        if (!isPopularRead[kind]) {
            catalogue.popularity().read(kind, board);
            isPopularRead[kind] = true;
        }
        for (int i = 0; i < board.count(); i++) {
            request.named.add(board.id(i), board.amount(i, request.timeMillis));
        }
    }

    private void askForScores(Recommendation request) {
        System.arraycopy(request.vector(), 0, request.namedQuery.vector(), 0, dimension);
        ItemFilter filter = request.namedQuery.filter();
        filter.clear();
        filter.hiddenToo(true);
        WeightedItems scored = request.question.scored;
        for (int i = 0; i < scored.count(); i++) {
            filter.include(scored.id(i));
        }
        request.namedQuery.limit(scored.count());
    }

    /**
     * Returns whether the request's own query is searched for. A fallback first tries without: a zero vector bounds
     * nothing, its search scores every item, and the popular ones mostly stand above all biases.
     */
    private static boolean hasMain(Recommendation request) {
        return !request.question.isScoring()
                && request.question.kind != Question.Kind.POPULAR
                && !(request.isByPopularity && request.attempt == 0);
    }

    private int addQueries(Recommendation request, int searched) {
        int next = searched;
        boolean scoring = request.question.isScoring();
        if (hasMain(request)) {
            request.query.limit(Ranking.depth(
                    request.rules,
                    request.named,
                    request.attempt,
                    catalogue.index().size()));
            queries[next++] = request.query;
        }
        if (scoring || request.named.count() > 0) {
            queries[next++] = request.namedQuery;
        }
        return next;
    }

    /** Makes the answer of what was found; returns false if the request must be searched for again. */
    private boolean settle(Recommendation request, long version, int size) {
        boolean scoring = request.question.isScoring();
        boolean hasMain = hasMain(request);
        boolean hasNamed = scoring || request.named.count() > 0;
        request.scannedItems +=
                (hasMain ? request.query.scannedItems() : 0) + (hasNamed ? request.namedQuery.scannedItems() : 0);
        request.scoredItems +=
                (hasMain ? request.query.scoredItems() : 0) + (hasNamed ? request.namedQuery.scoredItems() : 0);
        request.catalogueVersion = version;
        boolean isLastTry = request.moves >= MOST_MOVES;
        if (haveItemsMoved(request, version) && !isLastTry) {
            request.isComposed = false;
            request.moves++;
            return false;
        }
        if (scoring) {
            answerScores(request);
        } else {
            items.anyVersion(isLastTry);
            int result = ranking.rank(
                    request.rules,
                    request.named,
                    hasMain ? request.query : null,
                    request.isByPopularity ? catalogue.largestBias() : Float.NEGATIVE_INFINITY,
                    hasNamed ? request.namedQuery : null,
                    items,
                    version,
                    request.answer);
            if (result != Ranking.DONE) {
                request.attempt += result == Ranking.DEEPER ? 1 : 0;
                request.moves += result == Ranking.MOVED ? 1 : 0;
                return false;
            }
            sayWhatIsShort(request, hasMain ? size : request.named.count());
        }
        request.flags |= isLastTry ? AnswerFlag.CATALOGUE_MOVED : 0;
        return true;
    }

    private void sayWhatIsShort(Recommendation request, int available) {
        int found = request.answer.count();
        if (request.query.cutOff()) {
            request.flags |= AnswerFlag.DEADLINE;
        }
        if (found < request.rules.limit() && request.rules.offset() + found < available) {
            request.flags |= AnswerFlag.FILTERED_SHORT;
        }
        if (ranking.isPinDropped()) {
            request.flags |= AnswerFlag.PIN_DROPPED;
        }
    }

    /** Returns whether an item that the query vector is made of has changed since it was read. */
    private boolean haveItemsMoved(Recommendation request, long version) {
        Question question = request.question;
        if (!question.usesItems() || version == request.composedVersion) {
            return false;
        }
        int unknown = 0;
        for (int i = 0; i < question.items.count() + question.context.count(); i++) {
            boolean isItem = i < question.items.count();
            long id = isItem ? question.items.id(i) : question.context.id(i - question.items.count());
            if (!items.isKnown(id)) {
                unknown++;
            } else if (Long.compareUnsigned(items.version(), request.composedVersion) > 0) {
                return true;
            }
        }
        return unknown != request.unknownItems;
    }

    private void answerScores(Recommendation request) {
        scores.clear();
        ItemQuery found = request.namedQuery;
        for (int i = 0; i < found.count(); i++) {
            scores.put(found.id(i), Float.floatToRawIntBits(found.score(i)));
        }
        WeightedItems scored = request.question.scored;
        request.answer.clear();
        for (int i = 0; i < scored.count(); i++) {
            long bits = scores.get(scored.id(i));
            if (bits == NO_SCORE) {
                request.unknownItems++;
                request.flags |= AnswerFlag.UNKNOWN_ITEM;
            }
            request.answer.add(scored.id(i), bits == NO_SCORE ? Float.NaN : Float.intBitsToFloat((int) bits));
        }
    }

    private static boolean isZero(float[] vector) {
        for (float each : vector) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }
}
