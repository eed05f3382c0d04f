// SPDX-License-Identifier: Apache-2.0
/**
 * The maps of a replay at any step of it. {@link org.tailwalk.replay.history.ReplayHistory} listens
 * to a replay; afterwards it knows every entry of every map as it stood at any {@link
 * org.tailwalk.replay.history.Moment}, who wrote it and which lookups found it, and from where a
 * lane can go on at any packet without running those before it. Versions of an entry are kept as
 * differences in bytes, with a whole value now and then ({@code VersionLog}).
 */
@NullMarked
package org.tailwalk.replay.history;

import org.jspecify.annotations.NullMarked;
