// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* A user's program after ours, for counting: it is told our verdict and the other side's identity. */
#ifndef TAILWALK_CUSTOM_CALLS_H
#define TAILWALK_CUSTOM_CALLS_H

#include "metrics.h"
#include "tailcall.h"

#define CUSTOM_CALLS_IDX_IPV4_INGRESS 0
#define CUSTOM_CALLS_IDX_IPV4_EGRESS 1
#define CUSTOM_CALLS_IDX_IPV6_INGRESS 2
#define CUSTOM_CALLS_IDX_IPV6_EGRESS 3

#ifdef ENABLE_CUSTOM_CALLS
/* Only for a result that fits the eight bits it has. A missing program is counted and changes nothing. */
# define custom_call(CTX, SLOT, RET, IDENTITY, DIRECTION)                                                      \
	do {                                                                                                   \
		if ((__u32)(RET) <= 0xff) {                                                                    \
			ctx_store_meta(CTX, CB_CUSTOM_CALLS, (__u32)(RET) << 24 | ((IDENTITY) & 0xffffff));    \
			tail_call_static(CTX, &CUSTOM_CALLS_MAP, SLOT);                                        \
			update_metrics(CTX, DIRECTION, REASON_MISSED_CUSTOM_CALL);                             \
		}                                                                                              \
	} while (0)
#else
# define custom_call(CTX, SLOT, RET, IDENTITY, DIRECTION) do { } while (0)
#endif

#endif
