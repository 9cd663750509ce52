package io.magpie.load.scenario;

/**
 * An answer kept to be checked after the run.
 *
 * @param profileId        who was asked for
 * @param known            what was held for that person then; null for what was loaded
 * @param limit            how many items were asked for
 * @param excludeSeen      whether seen items were kept out
 * @param catalogueVersion what the answer named
 * @param timeMillis       the server's time of the answer
 * @param ids              best first
 * @param scores           of the ids
 */
public record AnswerSample(
        long profileId,
        KnownProfile known,
        int limit,
        boolean excludeSeen,
        long catalogueVersion,
        long timeMillis,
        long[] ids,
        float[] scores) {}
