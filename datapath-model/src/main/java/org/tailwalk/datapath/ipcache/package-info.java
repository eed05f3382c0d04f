// SPDX-License-Identifier: Apache-2.0
/** Addresses to identities (section 9 of the datapath facts). */
@NullMarked
package org.tailwalk.datapath.ipcache;

import org.jspecify.annotations.NullMarked;
