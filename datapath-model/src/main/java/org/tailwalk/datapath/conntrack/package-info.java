// SPDX-License-Identifier: Apache-2.0
/**
 * Connection tracking (section 3 of the datapath facts). {@link
 * org.tailwalk.datapath.conntrack.Conntrack} looks up and creates for one packet; which program
 * does so, and what becomes of an error, is the matter of {@code datapath.program}. Sweeps are the
 * control plane's.
 */
@NullMarked
package org.tailwalk.datapath.conntrack;

import org.jspecify.annotations.NullMarked;
