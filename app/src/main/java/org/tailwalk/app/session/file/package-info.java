// SPDX-License-Identifier: Apache-2.0

/**
 * The {@code .tailwalk} file: what was looked at, against what, what the lanes did, and what the
 * user wrote about it. A zip after {@code docs/session-format.md} and {@code
 * docs/schema/session.schema.json}. Knows no JavaFX. To add something that is saved: a field in
 * {@link org.tailwalk.app.session.file.Manifest} (or an entry of its own when it is large), in the
 * schema and in the page; a file without it must still open.
 */
@NullMarked
package org.tailwalk.app.session.file;

import org.jspecify.annotations.NullMarked;
