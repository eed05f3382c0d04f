// SPDX-License-Identifier: Apache-2.0

/** The desktop program and the command line: {@link org.tailwalk.app.Main} is where both begin. */
@NullMarked
package org.tailwalk.app;

import org.jspecify.annotations.NullMarked;
