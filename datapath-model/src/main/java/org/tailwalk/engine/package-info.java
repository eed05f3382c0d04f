// SPDX-License-Identifier: Apache-2.0
/**
 * What an engine is asked and what it answers: the whole of what the two have in common. An engine
 * opens a {@link org.tailwalk.engine.ReplaySession} on a {@link org.tailwalk.engine.NodeSetup}; a
 * session takes {@link org.tailwalk.engine.Injection}s and gives traces.
 *
 * <p>One more engine implements {@link org.tailwalk.engine.ReplayEngine}; {@code app} hands it to
 * whoever replays. Something that every session has to answer is a default method of {@code
 * ReplaySession}, handed on by {@link org.tailwalk.engine.ForwardingSession}.
 */
@NullMarked
package org.tailwalk.engine;

import org.jspecify.annotations.NullMarked;
