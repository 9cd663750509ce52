package io.magpie.core.engine;

import io.magpie.core.Outcome;

/**
 * What an erasure removed. Immutable.
 *
 * @param outcome    {@link Outcome#OK}, {@link Outcome#UNKNOWN_PROFILE} if nothing was held, or why it failed
 * @param profileId  who was erased: the profile that another one had been merged into, if that was named
 * @param slots      how many slots were held
 * @param consents   how many consents, granted or denied, were held
 * @param seenItems  how many seen and shown items were held
 * @param identities how many identities led to the profile
 * @param redirects  how many profiles had been merged into it, and were erased with it
 * @param logParts   how many parts of older log records were overwritten
 * @param sequence   the number of the erasure in the update log; 0 if there was nothing to erase
 * @param timeMillis when it was done, in milliseconds since 1970
 */
public record ErasureReceipt(
        Outcome outcome,
        long profileId,
        int slots,
        int consents,
        int seenItems,
        int identities,
        int redirects,
        int logParts,
        long sequence,
        long timeMillis) {
    /** Returns one that counts so many parts more. */
    ErasureReceipt withMoreParts(int more) {
        return new ErasureReceipt(
                outcome,
                profileId,
                slots,
                consents,
                seenItems,
                identities,
                redirects,
                logParts + more,
                sequence,
                timeMillis);
    }
}
