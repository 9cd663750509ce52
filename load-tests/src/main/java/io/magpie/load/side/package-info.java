/** What goes on beside the measured load: connections that misbehave. May depend on the generator and the protocol. */
package io.magpie.load.side;
