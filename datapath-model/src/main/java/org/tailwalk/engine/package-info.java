// SPDX-License-Identifier: Apache-2.0
/** What an engine is asked and what it answers: the whole of what the two have in common. */
@NullMarked
package org.tailwalk.engine;

import org.jspecify.annotations.NullMarked;
