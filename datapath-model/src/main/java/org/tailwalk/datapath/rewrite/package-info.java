// SPDX-License-Identifier: Apache-2.0
/** Changes to the frame that several programs share. */
@NullMarked
package org.tailwalk.datapath.rewrite;

import org.jspecify.annotations.NullMarked;
