/** JMH benchmarks of every layer, the guards over them, and the benchmark report. */
package io.magpie.benchmarks;
