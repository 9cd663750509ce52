package io.magpie.server.cli;

import io.magpie.server.data.UnsignedId;

/**
 * What {@code ITEM:NUMBER} and {@code ITEM:NUMBER@FROM..UNTIL} say.
 *
 * @param itemId      unsigned 64-bit
 * @param value       finite
 * @param fromMillis  holds from this time on, milliseconds since 1970
 * @param untilMillis holds before this time
 */
record TimedValue(long itemId, double value, long fromMillis, long untilMillis) {
    /**
     * Reads it.
     *
     * @param option its name, for the message
     * @throws CommandException with the rule, if it is none
     */
    static TimedValue parse(String option, String text) {
        int at = text.indexOf('@');
        String pair = at < 0 ? text : text.substring(0, at);
        int colon = pair.indexOf(':');
        try {
            long itemId = UnsignedId.parse(colon < 0 ? pair : pair.substring(0, colon));
            double value = Double.parseDouble(pair.substring(colon + 1));
            if (colon < 0 || !Double.isFinite(value)) {
                throw new IllegalArgumentException("a finite number is missing behind the item");
            }
            long from = Long.MIN_VALUE;
            long until = Long.MAX_VALUE;
            if (at >= 0) {
                String[] times = text.substring(at + 1).split("\\.\\.", -1);
                if (times.length != 2) {
                    throw new IllegalArgumentException("times are FROM..UNTIL, FROM.. or ..UNTIL");
                }
                from = times[0].isEmpty() ? from : OptionConverters.parseTime(times[0]);
                until = times[1].isEmpty() ? until : OptionConverters.parseTime(times[1]);
            }
            return new TimedValue(itemId, value, from, until);
        } catch (IllegalArgumentException e) {
            throw CommandException.badUsage(
                    option + " needs ITEM:NUMBER or ITEM:NUMBER@FROM..UNTIL: " + text + " (" + e.getMessage() + ")");
        }
    }
}
