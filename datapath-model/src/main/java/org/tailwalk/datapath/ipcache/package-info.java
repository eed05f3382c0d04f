// SPDX-License-Identifier: Apache-2.0
/**
 * Addresses to identities (section 9 of the datapath facts). A reserved identity that the model has
 * to name goes into {@link org.tailwalk.datapath.ipcache.Identity}.
 */
@NullMarked
package org.tailwalk.datapath.ipcache;

import org.jspecify.annotations.NullMarked;
