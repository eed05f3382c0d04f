// SPDX-License-Identifier: Apache-2.0
/**
 * The maps of a node and of each endpoint, by role (section 5 of the datapath facts). One more map:
 * its role in {@link org.tailwalk.event.MapRole} and a field in {@link
 * org.tailwalk.datapath.maps.NodeMaps} or {@link org.tailwalk.datapath.maps.EndpointMaps},
 * whichever shares it as the real programs do.
 */
@NullMarked
package org.tailwalk.datapath.maps;

import org.jspecify.annotations.NullMarked;
