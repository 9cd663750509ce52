package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.fusion.Fusion;
import io.magpie.core.fusion.SlotUpdate;
import io.magpie.core.index.ItemIndex;
import io.magpie.core.index.ItemQuery;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import io.magpie.core.store.StateReader;
import io.magpie.core.store.StateStore;
import java.time.Clock;
import java.util.Arrays;

/**
 * Answers a batch of recommend requests in one pass over the index. Reused: {@link #add()} requests, {@link #execute()},
 * read the answers, {@link #clear()}. Not thread-safe: one per event loop, made by {@link Engine#newRecommender()} and
 * used by that thread alone. Allocates nothing once as many requests as the largest batch have been made.
 */
public final class Recommender {
    private final Engine engine;
    private final StateReader reader;
    private final Clock clock;
    private final Fusion fusion;
    private final int dimension;
    private final ProfileRecord profile;
    private final SeenSet seen;

    private Catalogue catalogue;
    private ItemIndex.Searcher searcher;

    private Recommendation[] requests = new Recommendation[16];
    private ItemQuery[] queries = new ItemQuery[16];
    private int count;

    Recommender(Engine engine, StateStore store, EngineConfiguration configuration, Clock clock) {
        this.engine = engine;
        reader = store.newReader();
        this.clock = clock;
        dimension = configuration.state().dimension();
        fusion = new Fusion(configuration.sources(), configuration.consentPolicy(), dimension);
        profile = store.newProfileRecord();
        seen = store.newSeenSet();
    }

    /** Adds a cleared request to the batch. It is this recommender's; read it before {@link #clear()}. */
    public Recommendation add() {
        if (count == requests.length) {
            requests = Arrays.copyOf(requests, 2 * count);
            queries = Arrays.copyOf(queries, 2 * count);
        }
        if (requests[count] == null) {
            requests[count] = new Recommendation(fusion.sourceCount(), dimension);
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

    /** Answers every request of the batch, as of one time and one version of the catalogue. */
    public void execute() {
        long nowMillis = clock.millis();
        refreshCatalogue();
        int searched = 0;
        for (int i = 0; i < count; i++) {
            Recommendation request = requests[i];
            request.timeMillis = nowMillis;
            request.answeredSpaceId = catalogue.spaceId();
            request.query.clearAnswer();
            if (prepare(request, nowMillis)) {
                queries[searched++] = request.query;
            }
        }
        searcher.search(queries, searched);
        long version = searcher.version();
        int size = catalogue.index().size();
        for (int i = 0; i < count; i++) {
            finish(requests[i], version, size);
        }
    }

    private void refreshCatalogue() {
        Catalogue live = engine.catalogue();
        if (live != catalogue) {
            catalogue = live;
            searcher = live.index().newSearcher();
        }
    }

    /** Makes the query vector and the exclusions; returns whether there is anything to search for. */
    private boolean prepare(Recommendation request, long nowMillis) {
        if (request.byVector) {
            if (request.spaceId != catalogue.spaceId()) {
                request.outcome = Outcome.WRONG_SPACE;
                return false;
            }
            if (!SlotUpdate.isFinite(request.query.vector())) {
                request.outcome = Outcome.NOT_FINITE;
                return false;
            }
            return true;
        }
        if (!reader.readProfile(request.profileId, profile)) {
            request.flags |= AnswerFlag.UNKNOWN_PROFILE;
            return false;
        }
        int met = fusion.fuse(
                profile,
                request.weights,
                ConsentPolicy.PURPOSE_RECOMMEND,
                catalogue.spaceId(),
                nowMillis,
                request.query.vector());
        request.flags |= ((met & Fusion.USED) == 0 ? AnswerFlag.FALLBACK : 0)
                | ((met & Fusion.CONSENT_REMOVED) != 0 ? AnswerFlag.CONSENT_REMOVED_SOURCE : 0)
                | ((met & Fusion.OTHER_SPACE) != 0 ? AnswerFlag.SLOT_OF_OTHER_SPACE : 0);
        if (request.excludeSeen && reader.readSeen(request.profileId, seen)) {
            for (int i = 0; i < seen.count(); i++) {
                if (seen.kind(i) == SeenDescriptor.KIND_SEEN) {
                    request.query.filter().exclude(seen.itemId(i));
                }
            }
            request.flags |= seen.truncated() ? AnswerFlag.SEEN_TRUNCATED : 0;
        }
        return true;
    }

    private static void finish(Recommendation request, long version, int size) {
        request.catalogueVersion = version;
        ItemQuery query = request.query;
        if (query.cutOff()) {
            request.flags |= AnswerFlag.DEADLINE;
        }
        boolean searched = (request.flags & AnswerFlag.UNKNOWN_PROFILE) == 0;
        if (searched && query.count() < query.limit() && query.count() < size) {
            request.flags |= AnswerFlag.FILTERED_SHORT;
        }
    }
}
