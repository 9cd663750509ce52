package io.magpie.client;

/**
 * What an erasure took away.
 *
 * @param profileId        whose, unsigned 64-bit
 * @param sequence         number of the erasure in the server's update log
 * @param profiles         1, or 0 if there was no such profile
 * @param slots            slots erased
 * @param consents         consents erased
 * @param seenItems        seen and shown items erased
 * @param identities       identities erased
 * @param redirects        profiles that had been merged into it, erased too
 * @param logRecords       parts of log records overwritten
 * @param catalogueVersion the live catalogue's version
 * @param spaceId          the live catalogue's space
 * @param timeMillis       the server's time of the erasure, milliseconds since 1970
 */
public record ErasureReceipt(
        long profileId,
        long sequence,
        int profiles,
        int slots,
        int consents,
        int seenItems,
        int identities,
        int redirects,
        int logRecords,
        long catalogueVersion,
        int spaceId,
        long timeMillis) {}
