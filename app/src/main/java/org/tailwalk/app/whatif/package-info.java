// SPDX-License-Identifier: Apache-2.0
/**
 * The drawer's page "What if": something about the packet shown is changed, and it and those behind
 * it run again beside what really happened. {@code WhatIfViewModel} keeps the changes and undoes
 * them; the forms make them. To add a kind of change: a form in {@code ChangeForms}.
 */
@NullMarked
package org.tailwalk.app.whatif;

import org.jspecify.annotations.NullMarked;
