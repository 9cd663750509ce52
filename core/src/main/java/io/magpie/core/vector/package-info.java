/**
 * Vector arithmetic behind one facade, scalar or SIMD, with the same result bit for bit.
 *
 * <p>The <em>score</em> of an item x for a vector u is computed so, always: eight double accumulators start at +0.0;
 * component i of the product, {@code (double) u[i] * (double) x[i]} (exact: two 24-bit significands fit in 53 bits), is
 * added to accumulator {@code i mod 8}, i ascending; then
 * {@code s = ((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7))}, then {@code s + (double) bias}, rounded once to float32,
 * and +0.0f is added, so that a zero is never negative. The order is: score descending, then id ascending, unsigned.
 */
package io.magpie.core.vector;
