// SPDX-License-Identifier: Apache-2.0
/**
 * What the monitor was told of the packet shown, field by field, in both lanes; and the letter that
 * never left. A new kind of notification needs a case in {@link
 * org.tailwalk.app.notification.NotificationFields}.
 */
@NullMarked
package org.tailwalk.app.notification;

import org.jspecify.annotations.NullMarked;
