// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Debug messages and packet captures, only in builds with DEBUG. */
#ifndef TAILWALK_DBG_H
#define TAILWALK_DBG_H

#include "events.h"

enum dbg_msg {
	DBG_LOCAL_DELIVERY = 2,
	DBG_POLICY_DENIED = 5,
	DBG_CT_MATCH = 8,
	DBG_ICMP6_HANDLE = 11,
	DBG_ICMP6_REQUEST = 12,
	DBG_ICMP6_NS = 13,
	DBG_ICMP6_TIME_EXCEEDED = 14,
	DBG_CT_VERDICT = 15,
	DBG_LB6_LOOKUP_BACKEND_SLOT = 24,
	DBG_LB6_LOOKUP_BACKEND_SLOT_FAIL = 26,
	DBG_LB6_LOOKUP_BACKEND_FAIL = 27,
	DBG_LB6_REVERSE_NAT_LOOKUP = 28,
	DBG_LB6_REVERSE_NAT = 29,
	DBG_LB4_LOOKUP_BACKEND_SLOT = 32,
	DBG_LB4_LOOKUP_BACKEND_SLOT_FAIL = 34,
	DBG_LB4_LOOKUP_BACKEND_FAIL = 35,
	DBG_LB4_REVERSE_NAT_LOOKUP = 36,
	DBG_LB4_REVERSE_NAT = 37,
	DBG_LB4_LOOPBACK_SNAT = 38,
	DBG_LB4_LOOPBACK_SNAT_REV = 39,
	DBG_CT_LOOKUP4_1 = 48,
	DBG_CT_LOOKUP4_2 = 49,
	DBG_CT_CREATED4 = 50,
	DBG_CT_LOOKUP6_1 = 51,
	DBG_CT_LOOKUP6_2 = 52,
	DBG_CT_CREATED6 = 53,
	DBG_SKIP_PROXY = 54,
	DBG_L4_CREATE = 55,
	DBG_IP_ID_MAP_FAILED4 = 56,
	DBG_IP_ID_MAP_FAILED6 = 57,
	DBG_IP_ID_MAP_SUCCEED4 = 58,
	DBG_IP_ID_MAP_SUCCEED6 = 59,
	DBG_INHERIT_IDENTITY = 61,
	DBG_L7_LB = 65,
};

enum dbg_capture {
	DBG_CAPTURE_DELIVERY = 4,
	DBG_CAPTURE_PROXY_PRE = 8,
	DBG_CAPTURE_PROXY_POST = 9,
};

struct debug_msg {
	struct notify_common common;
	__u32 arg1;
	__u32 arg2;
	__u32 arg3;
};

struct debug_capture_msg {
	struct notify_capture capture;
	__u32 arg1;
	__u32 arg2;
};

_Static_assert(sizeof(struct debug_msg) == 20, "debug message layout");
_Static_assert(sizeof(struct debug_capture_msg) == 24, "debug capture layout");

static __always_inline void cilium_dbg3(struct __sk_buff *ctx, enum dbg_msg number, __u32 arg1, __u32 arg2, __u32 arg3)
{
#ifdef DEBUG
	struct debug_msg msg = {
		.common = notify_common(ctx, NOTIFY_DEBUG_MSG, number),
		.arg1 = arg1,
		.arg2 = arg2,
		.arg3 = arg3,
	};

	notify_emit(ctx, &msg, sizeof(msg), 0);
#endif
}

static __always_inline void cilium_dbg(struct __sk_buff *ctx, enum dbg_msg number, __u32 arg1, __u32 arg2)
{
	cilium_dbg3(ctx, number, arg1, arg2, 0);
}

static __always_inline void cilium_dbg_capture(struct __sk_buff *ctx, enum dbg_capture subtype, __u32 arg1)
{
#ifdef DEBUG
	struct debug_capture_msg msg = {
		.capture = notify_capture(ctx, NOTIFY_DEBUG_CAPTURE, subtype, TRACE_PAYLOAD_LEN),
		.arg1 = arg1,
	};

	notify_emit(ctx, &msg, sizeof(msg), msg.capture.len_cap);
#endif
}

#endif
