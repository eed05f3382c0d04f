// SPDX-License-Identifier: Apache-2.0

/**
 * What a user says of packets: marks, time references, notes, colouring rules. The values live in
 * {@code session.Annotations} and are saved with the session; this package changes and shows them.
 */
@NullMarked
package org.tailwalk.app.annotation;

import org.jspecify.annotations.NullMarked;
