// SPDX-License-Identifier: Apache-2.0
/**
 * Saving what is looked at as a session, keeping what was said of a capture from being lost, and
 * asking before it would be. To save something more: see {@link org.tailwalk.app.session.file}.
 */
@NullMarked
package org.tailwalk.app.saving;

import org.jspecify.annotations.NullMarked;
