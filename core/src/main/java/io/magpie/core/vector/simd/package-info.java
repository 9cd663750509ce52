/** The SIMD kernels: the only home of {@code jdk.incubator.vector}. Loaded by name from {@code vector}, never imported. */
package io.magpie.core.vector.simd;
