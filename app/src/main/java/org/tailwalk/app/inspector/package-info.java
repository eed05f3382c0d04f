// SPDX-License-Identifier: Apache-2.0

/** The packet that is looked at: its headers as a tree (by pcap4j) and its bytes. */
@NullMarked
package org.tailwalk.app.inspector;

import org.jspecify.annotations.NullMarked;
