// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's side of a replay: {@link org.tailwalk.bpf.engine.KernelReplayEngine} makes one set
 * of programs per endpoint out of one object, writes the control plane's state into their maps,
 * runs packets and hands what they left to {@code org.tailwalk.bpf.decode}.
 *
 * <p>To support another object's conventions: its symbols in {@link
 * org.tailwalk.bpf.engine.EndpointSubstitution}, its map names in {@code MapRole}.
 */
@NullMarked
package org.tailwalk.bpf.engine;

import org.jspecify.annotations.NullMarked;
