// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Policy verdict notifications. */
#ifndef TAILWALK_POLICY_LOG_H
#define TAILWALK_POLICY_LOG_H

#include "conntrack.h"
#include "events.h"

#define POLICY_VERDICT_DIR_INGRESS 1
#define POLICY_VERDICT_DIR_EGRESS 2

struct policy_verdict_notify {
	struct notify_capture capture;
	__u32 remote_label;
	__s32 verdict;
	__u16 dst_port; /* host order */
	__u8 proto;
	__u8 dir : 2, ipv6 : 1, match_type : 3, audited : 1, pad0 : 1;
	__u32 pad1;
};

_Static_assert(sizeof(struct policy_verdict_notify) == 32, "verdict notification layout");

static __always_inline void send_policy_verdict_notify(struct __sk_buff *ctx, __u32 remote_label, __be16 dport,
						       __u8 proto, const enum ct_dir direction, bool is_ipv6,
						       int verdict, __u8 match_type, __u8 audited)
{
#ifdef POLICY_VERDICT_NOTIFY
	const __u8 dir = direction == CT_INGRESS ? POLICY_VERDICT_DIR_INGRESS : POLICY_VERDICT_DIR_EGRESS;

	if (!(static_value(POLICY_VERDICT_LOG_FILTER) & dir))
		return;

	struct policy_verdict_notify msg = {
		.capture = notify_capture(ctx, NOTIFY_POLICY_VERDICT, 0, TRACE_PAYLOAD_LEN),
		.remote_label = remote_label,
		.verdict = verdict,
		.dst_port = bpf_ntohs(dport),
		.proto = proto,
		.dir = dir,
		.ipv6 = is_ipv6,
		.match_type = match_type,
		.audited = audited,
	};

	notify_emit(ctx, &msg, sizeof(msg), msg.capture.len_cap);
#endif
}

#endif
