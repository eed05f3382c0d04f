// SPDX-License-Identifier: Apache-2.0
/**
 * From trace records and ring events to {@link org.tailwalk.event.PathEvent}s, purely: bytes in,
 * steps out, on any thread and with no kernel at hand.
 *
 * <p>To decode one more kind of trace point: the compiler names {@link
 * org.tailwalk.bpf.decode.StepDecoder} when {@code TraceSite.Event} grows; if the kind touches map
 * entries, {@link org.tailwalk.bpf.decode.TouchScan} wants it too.
 */
@NullMarked
package org.tailwalk.bpf.decode;

import org.jspecify.annotations.NullMarked;
