// SPDX-License-Identifier: Apache-2.0
/** The node a capture is replayed against, as both engines receive it. */
@NullMarked
package org.tailwalk.scenario;

import org.jspecify.annotations.NullMarked;
